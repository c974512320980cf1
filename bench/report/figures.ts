import { percentile } from "@copane/e2e";
import type { Growth } from "../measure/growth.ts";
import type { Fidelity, Measured } from "../measure/run.ts";
import type { Sizes } from "../measure/size.ts";
import type { Bytes, ToolName } from "../tools/index.ts";

/** Everything that one benchmark measured; what `--json` writes. */
export interface Report {
  at: string;
  machine: { node: string; chromium: string; cpus: number };
  versions: Record<string, string>;
  options: { repeat: number; marks: number };
  sizes: Sizes;
  growth: Partial<Record<ToolName, Growth>>;
  pages: PageFigures[];
}

export interface PageFigures {
  page: string;
  /** Pages that we wrote to be hard; their goals differ from the real pages'. */
  stress: boolean;
  tools: Partial<Record<ToolName, Figures>>;
  /** Runs that could not be finished: which tool, and why. */
  failures: string[];
}

/** One tool on one page. Milliseconds of main-thread CPU are beyond what the page needs without a tool. */
export interface Figures {
  startCpuMs: number;
  useCpuMs: number;
  cpuMs: number;
  /** Wall clock in calls into the tool's script: all, and the most in one task. Null without a script. */
  scriptMs: number | null;
  longestTaskMs: number | null;
  pictureMs: number | null;
  startBytes: Bytes | null;
  bytes: Bytes;
  /** Of the snapshot in the viewer's next session on the page; null for a tool that keeps nothing for it. */
  nextBytes: Bytes | null;
  load: Fidelity | null;
  use: Fidelity | null;
  idle: Latency | null;
  busy: Latency | null;
  errors: string[];
}

export interface Latency {
  p50: number | null;
  p99: number | null;
  /** Marks that were made, and those that the viewer showed. */
  made: number;
  shown: number;
}

/** Sums up the runs of one tool on one page, set off against the same page's runs without a tool. */
export function figuresOf(runs: readonly Measured[], alone: readonly Measured[], marks: number): Figures {
  const full = runs.find((run) => run.fidelity) ?? (runs[0] as Measured);
  const plain = runs.filter((run) => !run.script);
  // While mirroring starts the page only waits, so its own work grows with the time; the use is the same work.
  const idleShare = median(alone.map(({ start }) => start.taskMs / start.elapsedMs));
  const usedAlone = median(alone.map(({ use }) => use.taskMs));
  const startCpuMs = median(plain.map(({ start }) => start.taskMs - idleShare * start.elapsedMs));
  const useCpuMs = median(plain.map(({ use }) => use.taskMs - usedAlone));
  const { script, fidelity, latencies } = full;
  return {
    startCpuMs: tenth(startCpuMs),
    useCpuMs: tenth(useCpuMs),
    cpuMs: tenth(startCpuMs + useCpuMs),
    scriptMs: script ? tenth(script.totalMs) : null,
    longestTaskMs: script ? tenth(Math.max(...runs.map((run) => run.script?.longestMs ?? 0))) : null,
    pictureMs: full.pictureMs === null ? null : Math.round(full.pictureMs),
    startBytes: full.bytes.start,
    bytes: full.bytes.total,
    nextBytes: full.bytes.next,
    load: fidelity?.load ?? null,
    use: fidelity?.use ?? null,
    idle: latencies ? latency(latencies.idle, marks) : null,
    busy: latencies ? latency(latencies.busy, marks) : null,
    errors: [...new Set(runs.flatMap(({ errors }) => errors))],
  };
}

/**
 * Bytes on the wire of the same session, when the viewer has had one on the site before; null where that was
 * not measured.
 */
export function laterBytes(figures: Figures | undefined): number | null {
  if (!figures?.nextBytes || !figures.startBytes) return null;
  return figures.nextBytes.wire + figures.bytes.wire - figures.startBytes.wire;
}

/** `ours` as a share of `theirs`; null where that says nothing. */
export function ratio(ours: number | null | undefined, theirs: number | null | undefined): number | null {
  if (ours == null || theirs == null || theirs <= 0) return null;
  return Math.max(0, ours) / theirs;
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2
    ? (sorted[Math.floor(middle)] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

function latency(numbers: number[], made: number): Latency {
  return { p50: percentile(numbers, 0.5), p99: percentile(numbers, 0.99), made, shown: numbers.length };
}

function tenth(number: number): number {
  return Math.round(number * 10) / 10;
}
