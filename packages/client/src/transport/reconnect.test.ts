import { expect, test } from "vitest";
import { defaultReconnectPolicy } from "./reconnect.ts";

const waits = (count: number): number[] =>
  Array.from({ length: count }, (_, attempt) => defaultReconnectPolicy.delayMs(attempt) ?? Number.NaN);

test("a server that is back within the minute is found within three seconds of that", () => {
  let passed = 0;
  for (const wait of waits(30)) {
    expect(wait).toBeLessThan(3_000);
    passed += wait;
  }
  expect(passed).toBeGreaterThan(30_000);
});

test("who lost the same server does not come back in the same moment", () => {
  const first = Array.from({ length: 1_000 }, () => defaultReconnectPolicy.delayMs(4) ?? 0);
  const tenths = new Set(first.map((wait) => Math.floor(wait / 100)));
  expect(tenths.size).toBeGreaterThanOrEqual(10);
});

test("a server that stays away is asked less often, and given up", () => {
  expect(
    waits(60)
      .slice(31)
      .every((wait) => wait > 5_000),
  ).toBe(true);
  expect(defaultReconnectPolicy.delayMs(61)).toBeUndefined();
});
