import { expect, test } from "vitest";
import { scriptTime } from "./trace.ts";

const task = (ts: number, dur: number, tid = 1) => ({ name: "RunTask", ph: "X", pid: 1, tid, ts, dur });
const call = (url: string, ts: number, dur: number, tid = 1) => ({
  name: "FunctionCall",
  ph: "X",
  pid: 1,
  tid,
  ts,
  dur,
  args: { data: { url } },
});

test("only calls into the script count, and a call within one is not counted twice", () => {
  const events = [
    task(0, 50_000),
    call("http://site/page.js", 0, 9_000),
    call("http://tool/record.js", 10_000, 20_000),
    call("http://tool/record.js", 12_000, 5_000),
    call("http://tool/record.js", 40_000, 4_000),
  ];
  expect(scriptTime(events, "/record.js")).toEqual({ totalMs: 24, longestMs: 24 });
});

test("the longest is one task's, whichever of the script's calls made it long", () => {
  const events = [
    task(0, 10_000),
    call("http://tool/record.js", 1_000, 8_000),
    task(20_000, 30_000),
    call("http://tool/record.js", 21_000, 7_000),
    call("http://tool/record.js", 40_000, 6_000),
    task(60_000, 10_000),
    call("http://tool/record.js", 61_000, 2_000),
  ];
  expect(scriptTime(events, "/record.js")).toEqual({ totalMs: 23, longestMs: 13 });
});

test("a thread of another page has tasks of its own", () => {
  const events = [
    task(0, 10_000),
    task(0, 10_000, 2),
    call("http://tool/record.js", 1_000, 2_000),
    call("http://tool/record.js", 1_000, 3_000, 2),
  ];
  expect(scriptTime(events, "/record.js")).toEqual({ totalMs: 5, longestMs: 3 });
});
