import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Fidelity, FidelityCount } from "./fidelity.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("counts of several pages add up, and the server hears each part once", () => {
  const told: Fidelity[] = [];
  const count = new FidelityCount(
    async (more) => told.push(more),
    () => {},
  );
  count.hear({ compared: 20, repaired: 0 });
  count.hear({ compared: 40, repaired: 1 });
  expect(told).toEqual([]);
  vi.runAllTimers();
  expect(told).toEqual([{ compared: 40, repaired: 1 }]);
  // The next page begins from nothing.
  count.hear({ compared: 20, repaired: 0 });
  count.flush();
  count.flush();
  expect(told).toEqual([
    { compared: 40, repaired: 1 },
    { compared: 20, repaired: 0 },
  ]);
  expect(count.all).toEqual({ compared: 60, repaired: 1 });
});
