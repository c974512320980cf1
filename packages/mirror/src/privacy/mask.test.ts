import fc from "fast-check";
import { expect, test } from "vitest";
import { maskText, maskValue } from "./mask.ts";

test("a mask holds nothing of the text but its length class", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (one, other) => {
      expect(maskValue(one)).toMatch(/^[• ]+$/);
      if (one.length <= 4 && other.length <= 4 && one.trim() && other.trim()) {
        expect(maskText(one)).toBe(maskText(other));
      }
    }),
  );
});

test("white space stays white space and nothing stays nothing", () => {
  expect(maskText("\n   ")).toBe(" ");
  expect(maskText("")).toBe("");
  expect(maskValue("")).toBe("");
});

test("texts of one length class have one mask", () => {
  expect(maskText("12345678")).toBe(maskText("abcde"));
  expect(maskText("123456789")).not.toBe(maskText("abcde"));
});
