import { expect, test } from "vitest";
import { noticedParts, noticedText } from "./sources.ts";

test.each([
  ["a{x:y}b:hover{x:y}.c{}", "b:hover{x:y}"],
  ["a:not(.b):focus-within , .c{}", "a:not(.b):focus-within , .c{}"],
  ["@media x{a{}b:active{}c{}}d{}", "@media x{b:active{}}"],
  ["@layer one{@layer{a:hover{}b{}}c{}}", "@layer one{@layer{a:hover{}}}"],
  [".a{x:y;&:hover{x:z}.b{}x:y}", ".a{x:y;&:hover{x:z}}"],
  ["@supports selector(:focus-visible){a{}b:hover{}}", "@supports selector(:focus-visible){b:hover{}}"],
  ["/* } a:hover{ */a{/*:hover*/}b/*{*/:hover{top:1px/*}*/}/*:focus{}*/", "b/**/:hover{top:1px/**/}"],
  ["canvas{}.canvas{}.off-canvas{}#img{}p>img{}imgs{}[img]{}", "canvas{}p>img{}"],
  ["@charset 'x';@import 'x:hover.css';@layer a,b;a{}b:hover{}", "b:hover{}"],
  ["@import url(x;y.css);@import'x;y';a:hover{}", "a:hover{}"],
  ["a{background:url(x;y:hover.png)}b{content:':hover'}", ""],
  ["@font-face{x:y}@keyframes k{from{x:y}to{x:y}}A:HOVER{}", "@keyframes k{}A:HOVER{}"],
  [".a{}\n\n.b:hover\n{\n x:y;\n}\n", "\n.b:hover\n{\n x:y;\n}"],
  ["", ""],
])("of %s", (css, kept) => {
  expect(noticedText(css)?.trim()).toBe(kept.trim());
});

test.each([
  ["a rule with rules in it that is about a state", "a:hover{x:y;b{x:z}}"],
  ["such a rule in a group", "@media x{a:hover{b{}}}"],
  ["a brace in a string", "a{content:'}'}b:hover{}"],
  ["a brace in an address", "a{background:url(data:image/svg+xml,{})}"],
  ["an escaped brace", String.raw`.\{a\}:hover{}`],
  ["a string without an end", "a{content:'b}c:hover{}"],
  ["a comment without an end", "a{}/* b:hover{}"],
  ["a group without an end", "@media x{a:hover{}"],
  ["an end too many", "a{}}b:hover{}"],
  ["a text that is too long", "a:hover{x:y}".repeat(50_000)],
])("%s is not read by its braces", (_, css) => {
  expect(noticedText(css)).toBeUndefined();
});

test("parts end between rules and are all of the text", () => {
  const css = `a:hover{content:"${"😀".repeat(9)}"}`.repeat(3_000);
  const parts = [...noticedParts([{ found: css, base: "", groups: [] }])].filter(Boolean);
  expect(parts.length).toBeGreaterThan(2);
  expect(parts.join("")).toBe(css);
  for (const part of parts) expect(part).toMatch(/^a:hover\{.*\}$/);
});
