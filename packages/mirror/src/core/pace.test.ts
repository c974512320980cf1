import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Pace } from "./pace.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** What is sent of positions that come one a second, as the watchers send them: the newest that is owed. */
function sent(intervalMs: number, positions: number[], restMs: number): number[] {
  const out: number[] = [];
  let owed: number | undefined;
  const flush = () => {
    if (owed === undefined || !pace.passes()) return;
    out.push(owed);
    owed = undefined;
  };
  const pace = new Pace(intervalMs, flush);
  for (const position of positions) {
    owed = position;
    flush();
    vi.advanceTimersByTime(1_000);
  }
  vi.advanceTimersByTime(restMs);
  return out;
}

test("within an interval only the first and the newest pass", () => {
  expect(sent(10_000, [1, 2, 3, 4, 5], 60_000)).toEqual([1, 5]);
});

test("each further interval lets the newest pass", () => {
  expect(sent(2_000, [1, 2, 3, 4, 5], 60_000)).toEqual([1, 2, 4, 5]);
});

test("without an interval everything passes at once", () => {
  expect(sent(0, [1, 2, 3], 0)).toEqual([1, 2, 3]);
});

test("after a reset the next passes at once, and nothing is owed of what was before", () => {
  const due = vi.fn();
  const pace = new Pace(10_000, due);
  expect([pace.passes(), pace.passes()]).toEqual([true, false]);
  pace.reset();
  expect(pace.passes()).toBe(true);
  vi.advanceTimersByTime(60_000);
  expect(due).not.toHaveBeenCalled();
});
