import { expect, test } from "vitest";
import { Retry } from "./retry.ts";

/** What it waits until it gives up. */
function waits(retry: Retry): number[] {
  const all: number[] = [];
  for (let attempt = 0; ; attempt++) {
    const wait = retry.delayMs(attempt);
    if (wait === undefined) return all;
    all.push(wait);
  }
}
const sum = (all: number[]) => all.reduce((so, one) => so + one, 0);

test("a lost connection is tried again soon, for as long as the SDK's attempts would take", () => {
  const all = waits(new Retry(10));
  expect(all[0]).toBeLessThan(400);
  expect(Math.max(...all)).toBeLessThan(10_500);
  expect(sum(all)).toBeGreaterThanOrEqual(100_000);
  expect(sum(all)).toBeLessThan(111_000);
});

test.each([20_000, "20000"])("an interval longer than the SDK's own, as %j, is kept to", (interval) => {
  const retry = new Retry(10);
  retry.setInterval(interval);
  retry.setAttempts("3");
  expect(waits(retry)).toEqual([20_000, 20_000, 20_000]);
});

test.each([0, -1, "soon", undefined])(
  "%j is no interval and no number of attempts: the SDK's own hold",
  (none) => {
    const retry = new Retry(2);
    retry.setInterval(none);
    retry.setAttempts(none);
    expect(sum(waits(retry))).toBeGreaterThanOrEqual(20_000);
  },
);

test("the next loss begins anew", () => {
  const retry = new Retry(1);
  expect(waits(retry)).not.toEqual([]);
  expect(retry.delayMs(0)).toBeLessThan(400);
});
