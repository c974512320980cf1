import type { Browser, Page } from "playwright-core";

/** What a trace says about one script's time on the page's main thread, in milliseconds of wall clock. */
export interface ScriptTime {
  /** All time in the script and in what it called of the browser. */
  totalMs: number;
  /** The most of it within one task. */
  longestMs: number;
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Which profile a chunk belongs to. */
  id?: string;
  /** Microseconds, as all times of a trace. */
  ts: number;
  dur?: number;
  args?: {
    data?: {
      startTime?: number;
      cpuProfile?: { nodes?: ProfileNode[]; samples?: number[] };
      timeDeltas?: number[];
    };
  };
}

interface ProfileNode {
  id: number;
  parent?: number;
  callFrame: { url?: string; functionName?: string };
}

interface Span {
  from: number;
  to: number;
}

/** Native functions that tools wrap: what they do, they do for the page that called the wrapper. */
const wrapped = new Set([
  "insertRule",
  "deleteRule",
  "replaceSync",
  "setProperty",
  "removeProperty",
  "attachShadow",
]);

/** A gap between samples is no proof of work: a thread that slept has none. */
const LONGEST_SAMPLE_US = 20_000;

export function startTrace(browser: Browser, page: Page): Promise<void> {
  return browser.startTracing(page, {
    categories: ["-*", "disabled-by-default-devtools.timeline", "disabled-by-default-v8.cpu_profiler"],
  });
}

/** Ends the trace and adds up the time in scripts whose address contains `script`. */
export async function stopTrace(browser: Browser, script: string | undefined): Promise<ScriptTime> {
  const buffer = await browser.stopTracing();
  if (script === undefined) return { totalMs: 0, longestMs: 0 };
  const { traceEvents } = JSON.parse(buffer.toString("utf8")) as { traceEvents: TraceEvent[] };
  return scriptTime(traceEvents, script);
}

/**
 * The time in scripts whose address contains `script`, by the events of a trace. A sample counts for the innermost
 * script on the stack: a hook that the page calls is the tool's, but for the native function behind it; a page's
 * listener that the tool wraps is the page's. What the tool calls for itself is its own, hooked or not.
 */
export function scriptTime(events: readonly TraceEvent[], script: string): ScriptTime {
  const time = { totalMs: 0, longestMs: 0 };
  for (const profile of events.filter(({ name }) => name === "Profile")) {
    const chunks = events.filter(
      ({ name, id, pid }) => name === "ProfileChunk" && id === profile.id && pid === profile.pid,
    );
    const tasks = events.filter(
      ({ name, ph, pid, tid }) =>
        name === "RunTask" && ph === "X" && pid === profile.pid && tid === profile.tid,
    );
    const spans = spansOf(profile, chunks, script);
    for (const us of timeByTask(spans, tasks)) {
      time.totalMs += us / 1000;
      time.longestMs = Math.max(time.longestMs, us / 1000);
    }
  }
  return time;
}

/** When the script ran, by the samples of one thread. */
function spansOf(profile: TraceEvent, chunks: readonly TraceEvent[], script: string): Span[] {
  const mine = new Map<number, boolean>();
  /** Nodes that run because a script of the page called the tool. */
  const called = new Set<number>();
  const spans: Span[] = [];
  let at = profile.args?.data?.startTime ?? profile.ts;
  for (const { args } of chunks) {
    for (const { id, parent, callFrame } of args?.data?.cpuProfile?.nodes ?? []) {
      const { url, functionName = "" } = callFrame;
      // A native function runs for whoever called it.
      const inherited = parent === undefined ? false : (mine.get(parent) ?? false);
      const forPage = parent !== undefined && called.has(parent);
      mine.set(id, url ? url.includes(script) : inherited && !(forPage && wrapped.has(functionName)));
      if (forPage || (url && !mine.get(id))) called.add(id);
    }
    const samples = args?.data?.cpuProfile?.samples ?? [];
    samples.forEach((node, i) => {
      const from = at;
      at += args?.data?.timeDeltas?.[i] ?? 0;
      if (mine.get(node)) spans.push({ from: Math.max(from, at - LONGEST_SAMPLE_US), to: at });
    });
  }
  return spans;
}

/** Microseconds of the spans, added up for each task that they were in. */
function timeByTask(spans: readonly Span[], tasks: readonly TraceEvent[]): Iterable<number> {
  const ordered = [...tasks].sort((a, b) => a.ts - b.ts);
  const sums = new Map<TraceEvent, number>();
  let next = 0;
  for (const { from, to } of spans) {
    for (let task = ordered[next]; task && endOf(task) <= from; task = ordered[next]) next++;
    // A sample tells what ran until it was taken: it may reach over the end of a task into the next.
    for (let i = next; i < ordered.length; i++) {
      const task = ordered[i] as TraceEvent;
      if (task.ts >= to) break;
      const overlap = Math.min(to, endOf(task)) - Math.max(from, task.ts);
      if (overlap > 0) sums.set(task, (sums.get(task) ?? 0) + overlap);
    }
  }
  return sums.values();
}

function endOf({ ts, dur = 0 }: TraceEvent): number {
  return ts + dur;
}
