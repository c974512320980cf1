import fc from "fast-check";
import { expect, test } from "vitest";
import { idInSubframe, MOST_SUBFRAMES, subframeId } from "./subframe-ids.ts";

const own = fc.integer({ min: 1, max: 2 ** 32 - 1 });
const number = fc.integer({ min: 1, max: MOST_SUBFRAMES });

test("a node in frames of other origins is found again, frame by frame", () => {
  fc.assert(
    fc.property(own, fc.array(number, { minLength: 1, maxLength: 3 }), (id, numbers) => {
      let outside = id;
      for (const frame of numbers) outside = subframeId(frame, outside);
      expect(Number.isSafeInteger(outside)).toBe(true);
      const found: number[] = [];
      let inner = outside;
      for (let next = idInSubframe(inner); next; next = idInSubframe(inner)) {
        found.unshift(next.number);
        inner = next.id;
      }
      expect([inner, ...found]).toEqual([id, ...numbers]);
    }),
  );
});

test("a page's own node is in no frame, and what lies too deep has no id", () => {
  expect(idInSubframe(2 ** 32 - 1)).toBeUndefined();
  expect(subframeId(1, subframeId(1, subframeId(1, subframeId(1, 5))))).toBe(0);
  expect(subframeId(1, 0)).toBe(0);
});
