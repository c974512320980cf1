import { expect, test } from "vitest";
import { digitsOf, grouped } from "./key.ts";

test("a pasted key counts with spaces, dashes and words about it", () => {
  for (const typed of ["1234 5678", "1234-5678", " 12 34 56 78\n", "Key: 1234–5678."])
    expect(digitsOf(typed)).toBe("12345678");
});

test("digits of other keyboards count", () => {
  expect(digitsOf("١٢٣٤٥٦٧٨")).toBe("12345678");
  expect(digitsOf("１２３４ ５６７８")).toBe("12345678");
});

test("digits stand in groups of four while they are typed, and the caret stays behind the same digit", () => {
  expect(grouped("1234", 4)).toEqual({ shown: "1234", digits: "1234", caret: 4 });
  expect(grouped("12345", 5)).toEqual({ shown: "1234 5", digits: "12345", caret: 6 });
  expect(grouped("12934 5678", 3)).toEqual({ shown: "1293 4567 8", digits: "129345678", caret: 3 });
  expect(grouped("123456789012345", 15).digits).toBe("123456789012");
});
