import type { Browser, Page } from "playwright-core";

/** What a trace says about one script's time on the page's main thread, in milliseconds of wall clock. */
export interface ScriptTime {
  /** All time in calls into the script. */
  totalMs: number;
  /** The most time in calls into the script within one task. */
  longestMs: number;
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  args?: { data?: { url?: string; fileName?: string } };
}

export function startTrace(browser: Browser, page: Page): Promise<void> {
  return browser.startTracing(page, {
    categories: ["-*", "devtools.timeline", "disabled-by-default-devtools.timeline"],
  });
}

/** Ends the trace and adds up the time in scripts whose address contains `script`. */
export async function stopTrace(browser: Browser, script: string | undefined): Promise<ScriptTime> {
  const buffer = await browser.stopTracing();
  if (script === undefined) return { totalMs: 0, longestMs: 0 };
  const { traceEvents } = JSON.parse(buffer.toString("utf8")) as { traceEvents: TraceEvent[] };
  return scriptTime(traceEvents, script);
}

/** Names of trace events that are a call from the browser into a script. */
const calls = new Set([
  "FunctionCall",
  "EvaluateScript",
  "v8.compile",
  "v8.evaluateModule",
  "v8.compileModule",
]);

/** The time in calls into scripts whose address contains `script`, by the events of a trace. */
export function scriptTime(events: TraceEvent[], script: string): ScriptTime {
  const complete = events.filter(({ ph, dur }) => ph === "X" && dur !== undefined);
  const mine = complete.filter(
    ({ name, args }) =>
      calls.has(name) && (args?.data?.url?.includes(script) || args?.data?.fileName?.includes(script)),
  );
  const time = { totalMs: 0, longestMs: 0 };
  for (const [thread, called] of byThread(mine)) {
    const tasks = complete.filter((event) => event.name === "RunTask" && threadOf(event) === thread);
    for (const ms of timeByTask(called, tasks.sort(inOrder))) {
      time.totalMs += ms;
      time.longestMs = Math.max(time.longestMs, ms);
    }
  }
  return time;
}

/** Milliseconds of the calls, added up for each task that they ran in. */
function timeByTask(called: TraceEvent[], tasks: TraceEvent[]): Iterable<number> {
  const sums = new Map<TraceEvent | undefined, number>();
  let end = Number.NEGATIVE_INFINITY;
  let next = 0;
  for (const call of called.sort(inOrder)) {
    // A call within a call is counted with the outer one.
    if (call.ts < end) continue;
    end = endOf(call);
    for (let task = tasks[next]; task && endOf(task) < call.ts; task = tasks[next]) next++;
    sums.set(tasks[next], (sums.get(tasks[next]) ?? 0) + (end - call.ts) / 1000);
  }
  return sums.values();
}

function byThread(events: TraceEvent[]): Map<string, TraceEvent[]> {
  const groups = new Map<string, TraceEvent[]>();
  for (const event of events) {
    const group = groups.get(threadOf(event));
    if (group) group.push(event);
    else groups.set(threadOf(event), [event]);
  }
  return groups;
}

function threadOf({ pid, tid }: TraceEvent): string {
  return `${pid} ${tid}`;
}

function endOf({ ts, dur = 0 }: TraceEvent): number {
  return ts + dur;
}

/** By time; of two that begin together the outer one first. */
function inOrder(a: TraceEvent, b: TraceEvent): number {
  return a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0);
}
