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
  // What the logout takes along is not told again.
  expect(count.take()).toEqual({ compared: 20, repaired: 0 });
  expect(count.take()).toBeUndefined();
  vi.runAllTimers();
  expect(told).toHaveLength(1);
  expect(count.all).toEqual({ compared: 60, repaired: 1 });
});

test("what could not be told is told with the next, or with the logout", async () => {
  const count = new FidelityCount(
    () => Promise.reject(new Error("not connected")),
    () => {},
  );
  count.hear({ compared: 10, repaired: 1 });
  await vi.runAllTimersAsync();
  count.hear({ compared: 15, repaired: 1 });
  expect(count.take()).toEqual({ compared: 15, repaired: 1 });
});
