import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { MarkStore } from "./store.ts";
import { type Mark, markLimits } from "./wire.ts";

const plain: Mark = {
  kind: "freehand",
  owner: 1,
  key: 1,
  color: 0xff0000,
  fadeMs: 0,
  anchor: 2,
  width: 5,
  points: [0, 0, 1, 1],
  text: "",
  start: 0,
  endAnchor: 0,
  end: 0,
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function marksOf(store: MarkStore): Mark[] {
  return [...store.all].map(({ mark }) => mark);
}

test("a hand's stroke grows by its points, a shape of two corners moves its second", () => {
  const store = new MarkStore(() => {});
  store.put(plain);
  store.put({ ...plain, key: 2, kind: "rectangle" });
  expect(store.extend(1, 1, [2, 2, 3, 3])).toBe(true);
  expect(store.extend(1, 2, [2, 2, 3, 3])).toBe(true);
  expect(store.extend(1, 3, [2, 2])).toBe(false);
  expect(marksOf(store).map(({ points }) => points)).toEqual([
    [0, 0, 1, 1, 2, 2, 3, 3],
    [0, 0, 3, 3],
  ]);
});

test("a stroke does not grow beyond its limit", () => {
  const store = new MarkStore(() => {});
  store.put({ ...plain, points: Array.from({ length: markLimits.points * 2 }, () => 1) });
  expect(store.extend(1, 1, [2, 2])).toBe(false);
});

test("however much is put, each owner's marks and points stay within their bounds and others' stand", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ key: fc.nat(400), points: fc.integer({ min: 1, max: markLimits.points }) }), {
        maxLength: 300,
      }),
      (puts) => {
        const store = new MarkStore(() => {});
        store.put({ ...plain, owner: 2 });
        for (const { key, points } of puts) {
          store.put({ ...plain, key, points: new Array<number>(points * 2).fill(0) });
        }
        const own = marksOf(store).filter(({ owner }) => owner === 1);
        expect(own.length).toBeLessThanOrEqual(markLimits.marks);
        expect(own.reduce((sum, { points }) => sum + points.length / 2, 0)).toBeLessThanOrEqual(
          markLimits.allPoints,
        );
        expect(store.get(2, 1)).toBeDefined();
        const last = puts.at(-1);
        if (last) expect(store.get(1, last.key)?.mark.points).toHaveLength(last.points * 2);
        store.destroy();
      },
    ),
    { numRuns: 50 },
  );
});

test("a fading mark goes by itself, and each new point gives it time again", () => {
  const changed = vi.fn();
  const store = new MarkStore(changed);
  store.put({ ...plain, fadeMs: 1_000 });
  store.put({ ...plain, key: 2 });
  vi.advanceTimersByTime(900);
  store.extend(1, 1, [2, 2]);
  vi.advanceTimersByTime(900);
  expect(marksOf(store)).toHaveLength(2);
  vi.advanceTimersByTime(200);
  expect(marksOf(store).map(({ key }) => key)).toEqual([2]);
});

test("undo means what was made last, not what was pointed at", () => {
  const store = new MarkStore(() => {});
  store.put(plain);
  store.put({ ...plain, key: 2, kind: "marker" });
  store.put({ ...plain, key: 3, kind: "element" });
  store.put({ ...plain, key: 4, kind: "laser", fadeMs: 1_000 });
  store.put({ ...plain, owner: 0, key: 5 });
  expect(store.lastOf(1)?.key).toBe(2);
  store.clear(1, "markers");
  expect(store.lastOf(1)?.key).toBe(1);
  store.destroy();
});
