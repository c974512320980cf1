import { expect, test } from "vitest";
import { cssSize } from "./css-size.ts";

const MOST = 96;

test.each([
  ["nothing", "", 0, 0, true],
  ["a rule", ".a{color:red}", 1, 1, true],
  ["a rule for two selectors", ".a, .b { color: red }", 1, 2, true],
  ["a group", "@media (min-width: 1px), print { .a{} .b{} }", 2, 3, true],
  ["a rule in a rule", ".a, .b { &:hover, &:focus { color: red } }", 2, 2 + 2 * 4, true],
  ["commas of values", ".a { transition: a 1s, b 1s; font: 1px a, b, c } .b {}", 1, 2, true],
  ["brackets", ".a { width: calc((1px + 2px) * (3 - 1)) }", 3, 1, true],
  ["strings", ".a { content: \"{{{(((\" } .b { content: '}' }", 1, 2, true],
  ["comments", "/* {{{ ((( */ .a {} /* } */", 1, 1, true],
  ["addresses", ".a { background: url(data:image/svg+xml,{{{[[[) }", 1, 1, true],
  ["addresses in quotes", '.a { background: url( "a(b" ) }', 2, 1, true],
  ["escapes", ".a\\{\\( { color: red }", 1, 1, true],
  ["a rule that goes on", ".a { color: red; ", 1, 1, false],
  ["a selector that goes on", ".a {} .b", 1, 1, false],
  ["a comment that goes on", ".a {} /* {", 1, 1, false],
  ["an escaped end", ".a {} \\}", 1, 1, false],
  ["what closes nothing", "} ) ] .a {}", 1, 1, true],
])("%s", (_what, css, nesting, rules, closed) => {
  expect(cssSize(css, MOST)).toEqual({ nesting, rules, closed });
});

const deep = "(".repeat(200);

test.each([
  ["behind a bracket that another kind would close", ".a{--x:(}(}(}".padEnd(20) + "(}".repeat(200)],
  ["behind a string that ends with its line", `.a{--x:"\n${deep}`],
  ["behind a string that goes on over an escaped line", `.a{--x:"\\\r\n"${deep}`],
  ["behind an address whose name is escaped", `.a{--x:u\\72l(x')${deep}`],
  ["behind an address whose name ends with an escape", `.a{--x:ur\\6c (x')${deep}`],
  ["in a function whose name only ends like an address", `.a{--x:my-url(${deep}`],
  ["in a function whose escaped name ends like an address", `.a{--x:\\61 url(${deep}`],
  ["behind what looks like a comment in an address", `.a{--x:url(/*)${deep}`],
])("nothing nests unseen %s", (_where, css) => {
  expect(cssSize(css, MOST).nesting).toBeGreaterThan(MOST);
});

test("a megabyte of anything is measured in one pass", () => {
  for (const part of ["a{", "}", "url(", "\\", "/*", '"', "& ", ",", "@media ", "x", "\n"])
    expect(cssSize(part.repeat(1_000_000 / part.length), 1e9).nesting).toBeGreaterThanOrEqual(0);
});
