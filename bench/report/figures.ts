import { percentile } from "@copane/e2e";
import type { Growth } from "../measure/growth.ts";
import type { Fidelity, Measured, Spent } from "../measure/run.ts";
import type { Sizes } from "../measure/size.ts";
import type { Bytes, ToolName } from "../tools/index.ts";

/** Everything that one benchmark measured; what `--json` writes. */
export interface Report {
  at: string;
  machine: { node: string; chromium: string; cpus: number };
  versions: Record<string, string>;
  /** `slower` is by how much the CPU was; `idle` the seconds of an idle page. */
  options: { repeat: number; marks: number; slower: number; idle: number };
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
  /** The least and the most that start and use came to together in one round: what the machine's noise makes of it. */
  cpuRange: [number, number];
  /** Of a further page of the session, and of a minute in which nothing happens; null where that was not measured. */
  furtherCpuMs: number | null;
  idleCpuMs: number | null;
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

/** One run, and which round of the tools' turns it was in. */
export interface Round {
  round: number;
  measured: Measured;
}

/** Sums up the runs of one tool on one page, each set off against the run without a tool in the same round. */
export function figuresOf(rounds: readonly Round[], alone: readonly Round[], marks: number): Figures {
  const runs = rounds.map(({ measured }) => measured);
  const full = runs.find((run) => run.fidelity) ?? (runs[0] as Measured);
  const pairs = rounds.flatMap(({ round, measured }) => {
    const without = alone.find((other) => other.round === round)?.measured;
    return without && !measured.script ? [beyond(measured, without)] : [];
  });
  const middle = (pick: (cost: Cost) => number | undefined) => {
    const found = pairs.map(pick).filter((number) => number !== undefined);
    return found.length === 0 ? null : tenth(median(found));
  };
  const both = pairs.map(({ start, use }) => tenth(start + use));
  const pictures = runs.filter(({ script }) => !script).map(({ pictureMs }) => pictureMs ?? Number.NaN);
  const pictureMs = median(pictures);
  const { script, fidelity, latencies } = full;
  return {
    startCpuMs: middle(({ start }) => start) ?? Number.NaN,
    useCpuMs: middle(({ use }) => use) ?? Number.NaN,
    cpuMs: median(both),
    cpuRange: [Math.min(...both), Math.max(...both)],
    furtherCpuMs: middle(({ further }) => further),
    idleCpuMs: middle(({ idle }) => idle),
    scriptMs: script ? tenth(script.totalMs) : null,
    longestTaskMs: script ? tenth(Math.max(...runs.map((run) => run.script?.longestMs ?? 0))) : null,
    pictureMs: Number.isNaN(pictureMs) ? null : Math.round(pictureMs),
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

/** CPU of a run beyond that of the page alone, in milliseconds. */
interface Cost {
  start: number;
  use: number;
  further?: number;
  /** For each minute. */
  idle?: number;
}

function beyond(run: Measured, alone: Measured): Cost {
  // While mirroring starts the page only waits, so its own work grows with the time; the use is the same work.
  const rate = ({ taskMs, elapsedMs }: Spent) => taskMs / elapsedMs;
  return {
    start: run.start.taskMs - rate(alone.start) * run.start.elapsedMs,
    use: run.use.taskMs - alone.use.taskMs,
    ...(run.further && alone.further && { further: run.further.taskMs - alone.further.taskMs }),
    ...(run.idle && alone.idle && { idle: (rate(run.idle) - rate(alone.idle)) * 60_000 }),
  };
}

/** Whether what two tools cost is nearer than what one of them differs by from round to round. */
export function withinNoise(one: Figures | undefined, other: Figures | undefined): boolean {
  if (!one || !other) return false;
  return one.cpuRange[0] <= other.cpuRange[1] && other.cpuRange[0] <= one.cpuRange[1];
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
