import { type Comparison, compare, measureLatency } from "@copane/e2e";
import type { Browser, Page } from "playwright-core";
import type { Bytes, Run, Tool } from "../tools/index.ts";
import { CpuMeter, type Work } from "./cpu.ts";
import { tick } from "./ticker.ts";
import { type ScriptTime, startTrace, stopTrace } from "./trace.ts";

/** A corpus page with its address. */
export interface Target {
  name: string;
  url: string;
  ready?: (page: Page) => Promise<void>;
  use?: (page: Page) => Promise<void>;
  settleMs?: number;
}

/** One run of one tool on one page. */
export interface Measured {
  /** Main-thread work from the start of mirroring until the page had its settling time. */
  start: Spent;
  /** Of the scripted use. */
  use: Spent;
  /** Of loading the page once more, within the session; only of a run that is not full. */
  further?: Spent;
  /** While nothing happens; only where that was asked for. */
  idle?: Spent;
  /** Until the first complete picture stood at the viewer; null for tools without one. */
  pictureMs: number | null;
  bytes: { start: Bytes | null; total: Bytes; next: Bytes | null };
  /** Only of a full run. */
  script?: ScriptTime;
  fidelity?: { load: Fidelity; use: Fidelity };
  latencies?: { idle: number[]; busy: number[] };
  errors: string[];
}

/** Main-thread work, and how long that took on the clock. */
export interface Spent {
  taskMs: number;
  elapsedMs: number;
}

export interface Fidelity {
  /** Share of pixels that differ, 0 to 1. */
  pixelDiff: number;
  textEqual: boolean;
  formEqual: boolean;
  scrollEqual: boolean;
}

export interface RunOptions {
  /** With pictures, latency and a trace, which costs the page itself: the work is measured in runs without. */
  full: boolean;
  /** Marks per latency figure. */
  marks: number;
  /** How many times slower the page's CPU is made; 1 leaves it as it is. */
  slower: number;
  /** For how long an idle page is measured, in milliseconds; 0 leaves it out. */
  idleMs: number;
  keep?: (moment: "load" | "use", comparison: Comparison) => Promise<void>;
}

/** What follows the use until its effects are captured and sent. */
const AFTER_USE_MS = 1_000;
const SETTLE_MS = 1_500;
/** A recorder may hold the page for seconds, but not for ever. */
const ACT_MS = 30_000;
/** A mirror that differs is not waited for as long as in a test. */
const AGREE_MS = 2_500;

/** Opens a page with a tool, begins to mirror, plays the use, and measures all along. */
export async function measureRun(
  browser: Browser,
  tool: Tool,
  target: Target,
  options: RunOptions,
): Promise<Measured> {
  const run = await tool.open(browser, target.url);
  try {
    const { page } = run;
    page.setDefaultTimeout(ACT_MS);
    await target.ready?.(page);
    await loadDriver(page);
    const meter = await CpuMeter.on(page);
    await meter.slow(options.slower);
    if (options.full) await startTrace(browser, page);
    let script: ScriptTime | undefined;
    try {
      const begun = await meter.read();
      await run.start();
      const pictureMs = run.viewer ? performance.now() - begun.at : null;
      await page.waitForTimeout(Math.max(0, begun.at + (target.settleMs ?? SETTLE_MS) - performance.now()));
      const start = between(begun, await meter.read());
      const startBytes = run.viewer ? await run.bytes() : null;

      await run.clearTheWay?.();
      // In every run, so that what a picture makes the page lay out is nowhere in the use.
      await run.customer.state();
      await run.customer.screenshot();
      const load = options.full && (await fidelity(run, "load", options));
      const bytesBefore = await run.bytes();
      const before = await meter.read();
      await target.use?.(page);
      await page.waitForTimeout(AFTER_USE_MS);
      const use = between(before, await meter.read());
      const bytesAfter = await run.bytes();
      script = options.full ? await stopTrace(browser, tool.script) : undefined;

      const after = options.full && (await fidelity(run, "use", options));
      const measured: Measured = {
        start,
        use,
        ...(options.full ? {} : await atRest(run, target, meter, options.idleMs)),
        pictureMs,
        // Taking pictures puts a style into both pages, which a mirror may find and mend: in no figure.
        bytes: {
          start: startBytes,
          total: startBytes ? sum(startBytes, bytesBefore, bytesAfter) : bytesAfter,
          next: null,
        },
        errors: [],
      };
      if (script) measured.script = script;
      if (load && after) measured.fidelity = { load, use: after };
      if (options.full && run.viewer) {
        const idle = await measureLatency(page, run.viewer, options.marks);
        const stop = await tick(page);
        const busy = await measureLatency(page, run.viewer, options.marks);
        await stop();
        measured.latencies = { idle, busy };
      }
      measured.errors = await run.errors();
      if (options.full) measured.bytes.next = await nextSnapshot(run, target);
      return measured;
    } finally {
      if (options.full && !script) await stopTrace(browser, undefined).catch(() => {});
    }
  } finally {
    await run.close();
  }
}

/** What a page costs on which nothing happens, and what the next page of the session does. */
async function atRest(
  { page, further }: Run,
  target: Target,
  meter: CpuMeter,
  idleMs: number,
): Promise<Pick<Measured, "idle" | "further">> {
  const rest: Pick<Measured, "idle" | "further"> = {};
  const from = await meter.read();
  if (idleMs > 0) {
    await page.waitForTimeout(idleMs);
    rest.idle = between(from, await meter.read());
  }
  if (further) {
    const { at } = await meter.read();
    await further();
    await target.ready?.(page);
    await page.waitForTimeout(target.settleMs ?? SETTLE_MS);
    // Chromium counts a new page from nothing.
    rest.further = between({ taskMs: 0, at }, await meter.read());
  }
  return rest;
}

/** What the driver itself loads into a page at its first use is in nobody's figures. */
async function loadDriver(page: Page): Promise<void> {
  await page.locator("body").count();
  await page.waitForFunction(() => true);
}

/** What the first picture of the same page takes in the viewer's next session. */
async function nextSnapshot(run: Run, target: Target): Promise<Bytes | null> {
  const next = await run.next?.();
  if (!next) return null;
  try {
    next.page.setDefaultTimeout(ACT_MS);
    await target.ready?.(next.page);
    await next.start();
    await next.page.waitForTimeout(target.settleMs ?? SETTLE_MS);
    return await next.bytes();
  } finally {
    await next.close();
  }
}

async function fidelity(
  run: Run,
  moment: "load" | "use",
  options: RunOptions,
): Promise<Fidelity | undefined> {
  if (!run.viewer) return undefined;
  const comparison = await compare(run.customer, run.viewer, AGREE_MS);
  await options.keep?.(moment, comparison);
  const { customer, agent, pixelDiff } = comparison;
  const equal = (left: string[], right: string[]) => JSON.stringify(left) === JSON.stringify(right);
  return {
    pixelDiff,
    textEqual: customer.text === agent.text,
    formEqual: equal(customer.fields, agent.fields),
    scrollEqual: equal(customer.scroll, agent.scroll),
  };
}

/** What was sent at the start and in the use, without what was sent in between. */
function sum(start: Bytes, before: Bytes, after: Bytes): Bytes {
  return { raw: start.raw + after.raw - before.raw, wire: start.wire + after.wire - before.wire };
}

function between(from: Work, to: Work): Spent {
  return { taskMs: to.taskMs - from.taskMs, elapsedMs: to.at - from.at };
}
