import { expect, test } from "vitest";
import { selectorsOf } from "./rules.ts";

test.each([
  [".a", [".a"]],
  [".a:hover, .b", [".a:hover", ".b"]],
  [".a:is(.b, .c:not(.d, .e)),.f", [".a:is(.b, .c:not(.d, .e))", ".f"]],
  ['[x="a,b\\",("] .c, [y=\'"\'],.d', ['[x="a,b\\",("] .c', "[y='\"']", ".d"]],
  [String.raw`.a\,b:hover,.\(c, d`, [String.raw`.a\,b:hover`, String.raw`.\(c`, "d"]],
])("selectors of %s", (list, selectors) => {
  expect(selectorsOf(list)).toEqual(selectors);
});
