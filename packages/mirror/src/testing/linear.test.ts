import { describe, expect, test } from "vitest";
import { wordEdge } from "../control/editing.ts";
import { noticedText } from "../features/state-rules/sources.ts";
import { absoluteUrls } from "../features/styles/rules.ts";
import { filesWithoutSecrets, linkWithoutSecrets, styleWithoutSecrets } from "../privacy/addresses.ts";
import { withoutTexts } from "../privacy/masked-styles.ts";

const MEGABYTE = 1 << 20;

/** Pieces that make a reader begin in vain, again and again. */
const pieces = [
  "url(",
  'url("',
  "url( '",
  '"',
  '\\"',
  "(\\'",
  "/*",
  "*/",
  "@import ",
  "@import url()",
  "--a",
  "---",
  "{",
  "}",
  "a{",
  ":",
  ";",
  " ",
  "\n",
  "a",
  "a@",
  "a.",
  "eyJaaaaaaaaa",
  "/",
  "?a=",
  "&",
  ",",
  "1",
];

/** Whoever takes the square of a megabyte takes many minutes: the test's time-out tells. */
describe.each<[string, (text: string) => unknown]>([
  ["absoluteUrls", (text) => absoluteUrls(`url(x) ${text}`, "https://example.com/")],
  ["styleWithoutSecrets", (text) => styleWithoutSecrets(`url(x) ${text}`)],
  ["filesWithoutSecrets", filesWithoutSecrets],
  ["linkWithoutSecrets", (text) => linkWithoutSecrets(`https://example.com/${text}`)],
  ["withoutTexts", withoutTexts],
  ["noticedText", (text) => noticedText(text.slice(0, MEGABYTE / 2))],
  ["wordEdge", (text) => wordEdge(text, text.length, false) + wordEdge(text, 0, true)],
])("%s reads a megabyte", (_name, read) => {
  test.each(pieces)("of %j", (piece) => {
    const text = piece.repeat(Math.ceil(MEGABYTE / piece.length));
    read(text);
    read(`${text}\0`);
    read(`"${text}\\`);
  });
});

test("what is read is what was read before", () => {
  const base = "https://example.com/a/";
  expect(absoluteUrls(`a{b:url(x) url("y") url('z') url("q' url(data:1) url(w`, base)).toBe(
    `a{b:url("${base}x") url("${base}y") url("${base}z") url("q' url(data:1) url(w`,
  );
  expect(withoutTexts("a:var(--x);--y: 3px;--z:secret;--u : red !important;--v:#fff !important")).toBe(
    "a:var(--x);--y: 3px;--z: none;--u: none;--v:#fff !important",
  );
  expect(noticedText("@import url(x);@charset 'u';/* } */a:hover{b:'c'}d{e:f}")).toBe("/**/a:hover{b:'c'}");
  for (const odd of ["/* a{b:c}", "a{b:'c}", "@import url(x) {}", 'a{b:"}"}', "a{b:c\\}"])
    expect(noticedText(`${odd} d:hover{e:f}`)).toBeUndefined();
});
