import { expect, test } from "vitest";
import { fillCounted } from "./plural.ts";

const lines = "{count, plural, one {# line} other {# lines}} by {name}";

test.each([
  [0, "0 lines by Ada"],
  [1, "1 line by Ada"],
  [2, "2 lines by Ada"],
  [1_200, "1,200 lines by Ada"],
])("%d is said as the language says it", (count, expected) => {
  expect(fillCounted(lines, { count, name: "Ada" }, "en")).toBe(expected);
});

test("a language with more forms has them, and another where a form is missing", () => {
  const polish = "{count, plural, one {# plik} few {# pliki} other {# plików}}";
  expect([1, 3, 5].map((count) => fillCounted(polish, { count }, "pl"))).toEqual([
    "1 plik",
    "3 pliki",
    "5 plików",
  ]);
});

test("two numbers in one text are told apart", () => {
  const text = "{a, plural, one {# part} other {# parts}}, {b, plural, one {# repair} other {# repairs}}";
  expect(fillCounted(text, { a: 1, b: 2 }, "en")).toBe("1 part, 2 repairs");
});
