import { expect, test } from "vitest";
import { scriptTime } from "./trace.ts";

const page = { id: 2, parent: 1, callFrame: { url: "http://site/page.js" } };
const tool = { id: 3, parent: 1, callFrame: { url: "http://tool/record.js" } };
const root = { id: 1, callFrame: {} };

const task = (ts: number, dur: number, tid = 1) => ({ name: "RunTask", ph: "X", pid: 1, tid, ts, dur });

/** A profile of one thread: which node was running at each millisecond. */
function profile(samples: number[], more: object[] = [], tid = 1) {
  const id = `0x${tid}`;
  return [
    { name: "Profile", ph: "P", pid: 1, tid, id, ts: 0, args: { data: { startTime: 0 } } },
    {
      name: "ProfileChunk",
      ph: "P",
      pid: 1,
      tid: 99,
      id,
      ts: 0,
      args: {
        data: {
          cpuProfile: { nodes: [root, page, tool, ...more] as never, samples },
          timeDeltas: samples.map(() => 1000),
        },
      },
    },
  ];
}

test("only what runs in the script counts, and the longest is one task's", () => {
  const events = [task(0, 5_000), task(6_000, 4_000), ...profile([2, 3, 3, 2, 3, 1, 3, 3, 2, 2])];
  expect(scriptTime(events, "/record.js")).toEqual({ totalMs: 5, longestMs: 3 });
});

test("a hook that the page calls is the tool's, and a native function its caller's", () => {
  const hook = { id: 4, parent: 2, callFrame: { url: "http://tool/record.js" } };
  const native = { id: 5, parent: 4, callFrame: {} };
  const events = [task(0, 10_000), ...profile([2, 4, 5, 2], [hook, native])];
  expect(scriptTime(events, "/record.js")).toEqual({ totalMs: 2, longestMs: 2 });
});

test("a native function behind a hook is the page's own work", () => {
  const hook = { id: 4, parent: 2, callFrame: { url: "http://tool/record.js", functionName: "insertRule" } };
  const native = { id: 5, parent: 4, callFrame: { functionName: "insertRule" } };
  const events = [task(0, 10_000), ...profile([2, 4, 5, 5], [hook, native])];
  expect(scriptTime(events, "/record.js")).toEqual({ totalMs: 1, longestMs: 1 });
});

test("a native function that the tool calls through its own hook is the tool's", () => {
  const hook = { id: 4, parent: 3, callFrame: { url: "http://tool/record.js", functionName: "insertRule" } };
  const native = { id: 5, parent: 4, callFrame: { functionName: "insertRule" } };
  const events = [task(0, 10_000), ...profile([2, 3, 4, 5, 5], [hook, native])];
  expect(scriptTime(events, "/record.js")).toEqual({ totalMs: 4, longestMs: 4 });
});

test("a listener of the page within a wrapper of the tool is the page's", () => {
  const listener = { id: 4, parent: 3, callFrame: { url: "http://site/page.js" } };
  const events = [task(0, 10_000), ...profile([3, 4, 4, 3], [listener])];
  expect(scriptTime(events, "/record.js")).toEqual({ totalMs: 2, longestMs: 2 });
});

test("a thread of another page has tasks of its own", () => {
  const events = [task(0, 10_000), task(0, 10_000, 2), ...profile([3, 3]), ...profile([3, 3, 3], [], 2)];
  expect(scriptTime(events, "/record.js")).toEqual({ totalMs: 5, longestMs: 3 });
});
