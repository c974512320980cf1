import fc from "fast-check";
import { expect, test } from "vitest";
import { Secrets } from "./secrets.ts";

/** Fields are compared, and looked at for what they stand in. */
const field = () => ({ getRootNode: () => ({}) }) as unknown as Element;

function knowing(...values: string[]): Secrets {
  const secrets = new Secrets();
  for (const value of values) secrets.learn(field(), value);
  return secrets;
}

test("a value is bullets wherever it stands, as it is, in an address and in JSON", () => {
  const secrets = knowing('p& "w/ x9');
  for (const text of [
    'a p& "w/ x9 b',
    "/?q=p%26%20%22w%2F%20x9",
    "/?q=p%26+%22w%2F+x9",
    '{"a":"p& \\"w/ x9"}',
  ])
    expect(secrets.redact(text)).toContain("••••");
  expect(secrets.redact('p& "w/ x')).toBe('p& "w/ x');
});

test("a number is found with other spaces than were typed", () => {
  const secrets = knowing("4111 1111 1111 1111");
  for (const text of ["4111111111111111", "no. 4111-1111-1111-1111!"]) expect(secrets.isIn(text)).toBe(true);
  expect(secrets.isIn("4111 1111 1111 1112")).toBe(false);
});

test("short values are found as whole words, and not in styles; shorter ones not at all", () => {
  const secrets = knowing("1000", "12");
  expect(secrets.redact("code 1000, page 12")).toBe("code ••••, page 12");
  expect(secrets.redact("x1000y")).toBe("x1000y");
  expect(secrets.redactStyle("z-index:1000")).toBe("z-index:1000");
});

test("what a field went through while somebody typed is known too, and in bounds", () => {
  const secrets = new Secrets();
  const password = field();
  const word = "correct-horse-battery";
  for (let length = 1; length <= word.length; length++) secrets.learn(password, word.slice(0, length));
  expect(secrets.redact("correct-ho")).toMatch(/^•+$/);
  secrets.learn(password, "");
  expect(secrets.isIn(word)).toBe(true);
  for (let i = 0; i < 1_000; i++) secrets.learn(field(), `value number ${i}`);
  expect(secrets.redact(word)).toContain("y");
  secrets.clear();
  expect(secrets.isIn("value number 999")).toBe(false);
});

test("of any values none of eight characters or more is left in any text", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ minLength: 8, maxLength: 30 }), { maxLength: 8 }),
      fc.string(),
      (values, rest) => {
        const secrets = knowing(...values);
        const text = secrets.redact(values.join(rest));
        for (const value of values.map((one) => one.trim()))
          if (value.length >= 8 && !value.includes("•")) expect(text).not.toContain(value);
      },
    ),
  );
});

test("a long text of a secret field is found by its pieces, and a pass over a large text is quick", () => {
  const long = Array.from({ length: 200 }, (_, i) => `word${i}`).join(" ");
  const secrets = knowing(long, ...Array.from({ length: 40 }, (_, i) => `secret value ${i}`));
  expect(secrets.redact(long)).not.toContain("word10 word11 word12");
  const began = performance.now();
  secrets.redact("nothing to be found here ".repeat(40_000));
  expect(performance.now() - began).toBeLessThan(1_000);
});
