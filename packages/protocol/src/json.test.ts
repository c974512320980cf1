import fc from "fast-check";
import { expect, test } from "vitest";
import { plainJson } from "./json.ts";

test("it says what JSON.stringify says", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(plainJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("a page's toJSON has no part in it", () => {
  const prototypes = [Object.prototype, Array.prototype, String.prototype];
  for (const prototype of prototypes)
    Object.defineProperty(prototype, "toJSON", { value: () => "caught", configurable: true });
  try {
    expect(plainJson({ t: "hello", list: ["a", 1], nothing: undefined })).toBe(
      '{"t":"hello","list":["a",1]}',
    );
  } finally {
    for (const prototype of prototypes) delete (prototype as { toJSON?: unknown }).toJSON;
  }
});
