import { expect, test } from "vitest";
import { formatPassphrase, parsePassphrase } from "./index.ts";

test.each([
  ["12345678", "1234 5678"],
  ["123456789", "1234 5678 9"],
  ["1234567890", "1234 5678 90"],
  ["123456789012", "1234 5678 9012"],
])("the key %s is written %s, and read as it is written", (digits, written) => {
  expect(formatPassphrase(digits)).toBe(written);
  for (const typed of [digits, written, ` ${written.replaceAll(" ", "-")} `])
    expect(parsePassphrase(typed)).toBe(digits);
});

test.each(["", "1234567", "1234567890123", "1234 567a", "١٢٣٤٥٦٧٨"])("%j is no key", (typed) => {
  expect(parsePassphrase(typed)).toBeUndefined();
});
