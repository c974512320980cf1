import { beforeEach, describe, expect, test } from "vitest";
import { Allowance } from "./allowance.ts";

const HOUR = 3_600_000;
let now = 0;
beforeEach(() => {
  now = 1_000_000;
});

function allowance(records: number): Allowance {
  return new Allowance({
    first: 20,
    later: 5,
    windowS: 3_600,
    forgetS: 86_400,
    records,
    clock: () => now,
  });
}

const one = (name: string | number, times = 1) => [{ name: String(name), times }];

/** Spends for a network as long as it may; gives how often that was. */
function spendAll(of: Allowance, networks: { name: string; times: number }[]): number {
  for (let spent = 0; ; spent++) {
    if (of.left(networks) <= 0) return spent;
    of.spend(networks);
  }
}

describe("a network", () => {
  test("has 20 in the first hour, 5 in each later one, and 20 again after a day of silence", () => {
    const limit = allowance(64);
    expect(spendAll(limit, one("a"))).toBe(20);
    expect(limit.wait(one("a"))).toBe(3_601);
    now += HOUR - 1_000;
    expect(limit.left(one("a"))).toBe(0);
    now += 2_000;
    expect(limit.wait(one("a"))).toBe(0);
    for (let hour = 1; hour < 20; hour++) {
      expect(spendAll(limit, one("a"))).toBe(5);
      now += HOUR + 1_000;
    }
    // Hours of rest are not saved up.
    now += 10 * HOUR;
    expect(spendAll(limit, one("a"))).toBe(5);
    now += 25 * HOUR;
    expect(spendAll(limit, one("a"))).toBe(20);
  });

  test("does not spend what others have", () => {
    const limit = allowance(64);
    spendAll(limit, one("a"));
    expect(limit.left(one("b"))).toBe(20);
  });

  test("is bounded with all its neighbours by what is five times as much", () => {
    const limit = allowance(2 ** 12);
    let spent = 0;
    for (let n = 0; n < 50; n++) spent += spendAll(limit, [...one(`64-${n}`), ...one("48", 5)]);
    expect(spent).toBe(100);
    expect(limit.left([...one("another 64"), ...one("48", 5)])).toBe(0);
    expect(limit.left([...one("another 64"), ...one("another 48", 5)])).toBe(20);
  });
});

describe("a flood of more networks than are kept in mind", () => {
  test("frees none of them: coming back finds as much spent as before", () => {
    const limit = allowance(64);
    let granted = 0;
    for (let round = 0; round < 5; round++)
      for (let n = 0; n < 2_000; n++) granted += spendAll(limit, one(n));
    // 64 records of 20 each: no more is granted to ten thousand comings, in whatever order.
    expect(granted).toBe(64 * 20);
  });

  test("gains nothing by taking turns", () => {
    const limit = allowance(64);
    let granted = 0;
    for (let turn = 0; turn < 100; turn++) {
      for (let n = 0; n < 300; n++) {
        if (limit.left(one(n)) <= 0) continue;
        limit.spend(one(n));
        granted++;
      }
    }
    expect(granted).toBe(64 * 20);
  });

  test("refuses nobody else while it is below what is kept in mind", () => {
    const limit = allowance(2 ** 14);
    for (let n = 0; n < 2 ** 13; n++) spendAll(limit, one(n));
    let refused = 0;
    for (let n = 0; n < 10_000; n++) if (limit.left(one(`honest ${n}`)) <= 0) refused++;
    // Half full: hardly a place has blocked networks only.
    expect(refused / 10_000).toBeLessThan(0.001);
  });
});
