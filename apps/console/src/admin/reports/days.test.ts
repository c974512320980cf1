import { afterAll, beforeAll, expect, test } from "vitest";
import { everyDay, rangesOf } from "./days.ts";

const zone = process.env.TZ;
beforeAll(() => {
  process.env.TZ = "Europe/Berlin";
});
afterAll(() => {
  process.env.TZ = zone;
});

test("a range has every day to today, also east of Greenwich and when clocks are changed", () => {
  const { now, before } = rangesOf(3, new Date("2026-03-30T08:00:00Z"));
  expect(now.from.toISOString()).toBe("2026-03-27T23:00:00.000Z");
  expect(now.to.toISOString()).toBe("2026-03-30T22:00:00.000Z");
  expect(before.to).toEqual(now.from);
  const row = { key: "2026-03-29", sessions: 4, attended: 3, controlled: 1, averageMs: 5 };
  expect(everyDay(now, [row])).toEqual([
    { key: "2026-03-28", sessions: 0, attended: 0 },
    { key: "2026-03-29", sessions: 4, attended: 3 },
    { key: "2026-03-30", sessions: 0, attended: 0 },
  ]);
  expect(everyDay(before, []).map(({ key }) => key)).toEqual(["2026-03-25", "2026-03-26", "2026-03-27"]);
});
