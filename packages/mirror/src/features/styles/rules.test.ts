import { expect, test } from "vitest";
import { canMake, mostRules } from "./rules.ts";

test.each([
  ["", 0],
  ["a{}b{x:y}", 2],
  ["@media x{a{}b{}}c{}", 2],
  ["@layer a,b;@layer a{c{}}", 3],
  ["a{}}b{}", 2],
  ["@media x{a{", 1],
])("of %s", (text, most) => {
  expect(mostRules(text)).toBe(most);
});

test("a long text can make all rules that stand in it, or fewer, and no more", () => {
  const rules = (length: number) => Array.from({ length }, () => ({})) as unknown as CSSRuleList;
  const text = ".a{color:red}@media x{.b{}.c{}}".repeat(2_000);
  expect(canMake(text, rules(4_000))).toBe(true);
  expect(canMake(text, rules(3_990))).toBe(true);
  expect(canMake(text, rules(4_001))).toBe(false);
});
