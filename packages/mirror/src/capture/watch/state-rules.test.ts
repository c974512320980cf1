import { expect, test } from "vitest";
import { neededClasses, selectorsOf } from "./state-rules.ts";

test.each([
  [".a:hover", [["a"]]],
  ["a.b.c:hover > .d", [["b", "c", "d"]]],
  [".a:hover, input:focus, #x .b:active", [["a"], [], ["b"]]],
  [".a:is(.b, .c:not(.d, :is(.e))):hover, .f:has(> .g, .h)", [["a"], ["f"]]],
  [":not(.a):focus", [[]]],
  ['[class*=".a"]:hover [data-x="a,.b)"] .c', [["c"]]],
  [":host(.a:hover) ::slotted(.b).c", [["c"]]],
  [String.raw`.sm\:hover\:big:hover .\31 0\.5 .w-1\/2`, [["sm:hover:big", "10.5", "w-1/2"]]],
  [String.raw`.a\,b:hover,.\(c\)`, [["a,b"], ["(c)"]]],
  [".Größe:hover .UPPER", [["größe", "upper"]]],
  ["", [[]]],
])("%s", (selectors, needed) => {
  expect(neededClasses(selectors)).toEqual(needed);
});

test.each([
  [".a", [".a"]],
  [".a:hover, .b", [".a:hover", ".b"]],
  [".a:is(.b, .c:not(.d, .e)),.f", [".a:is(.b, .c:not(.d, .e))", ".f"]],
  ['[x="a,b\\",("] .c, [y=\'"\'],.d', ['[x="a,b\\",("] .c', "[y='\"']", ".d"]],
  [String.raw`.a\,b:hover,.\(c, d`, [String.raw`.a\,b:hover`, String.raw`.\(c`, "d"]],
])("selectors of %s", (list, selectors) => {
  expect(selectorsOf(list)).toEqual(selectors);
});
