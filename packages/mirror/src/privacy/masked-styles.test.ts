import { expect, test } from "vitest";
import { withoutTexts } from "./masked-styles.ts";

test.each([
  ['.x::after { content: "secret"; color: red }', ".x::after { content: none; color: red }"],
  ["background: url(secret.png) red", "background: none red"],
  ['background:url("a)secret") red', "background:none red"],
  ["/* secret */color:red", " color:red"],
  ["color:red/* secret", "color:red "],
  ['content:"sec\\"ret"', "content:none"],
  ["content:'secret", "content:none"],
  [
    "--name: secret; --w: 12px; --c: #fff; width: var(--w)",
    "--name: none; --w: 12px; --c: #fff; width: var(--w)",
  ],
  ['[data-x="secret"] { width: calc(100% - 2px) }', "[data-x=none] { width: calc(100% - 2px) }"],
])("%s tells only %s", (css, left) => expect(withoutTexts(css)).toBe(left));

test("a large style takes no time", () => {
  const began = performance.now();
  for (const part of ['"', "'", "url(", "/*", "--a:", "\\"]) withoutTexts(part.repeat(20_000));
  expect(performance.now() - began).toBeLessThan(2_000);
});
