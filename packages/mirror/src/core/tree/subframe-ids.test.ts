import fc from "fast-check";
import { expect, test } from "vitest";
import { framedId, MOST_FRAMES, unframedId } from "./subframe-ids.ts";

const own = fc.integer({ min: 1, max: 2 ** 32 - 1 });
const number = fc.integer({ min: 1, max: MOST_FRAMES });

test("a node in frames of other origins is found again, frame by frame", () => {
  fc.assert(
    fc.property(own, fc.array(number, { minLength: 1, maxLength: 3 }), (id, numbers) => {
      let outside = id;
      for (const frame of numbers) outside = framedId(frame, outside);
      expect(Number.isSafeInteger(outside)).toBe(true);
      const found: number[] = [];
      let inner = outside;
      for (let next = unframedId(inner); next; next = unframedId(inner)) {
        found.unshift(next.number);
        inner = next.id;
      }
      expect([inner, ...found]).toEqual([id, ...numbers]);
    }),
  );
});

test("a page's own node is in no frame, and what lies too deep has no id", () => {
  expect(unframedId(2 ** 32 - 1)).toBeUndefined();
  expect(framedId(1, framedId(1, framedId(1, framedId(1, 5))))).toBe(0);
  expect(framedId(1, 0)).toBe(0);
});
