import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CopaneError, errorBody } from "./error.ts";
import { CataloguedError, errorCatalogue } from "./errors.ts";

test("numbers are given once", () => {
  const numbers = Object.values(errorCatalogue).map(([number]) => number);
  expect(new Set(numbers).size).toBe(numbers.length);
});

test("every error stands in the document of the wire", () => {
  const document = readFileSync(new URL("../../../docs/protocol.md", import.meta.url), "utf8");
  for (const [name, [number, status, message]] of Object.entries(errorCatalogue))
    expect(document).toContain(`| ${number} | \`${name}\` | ${status} | ${message} |`);
});

test("an error that crossed the wire is the same, one of a later version too", () => {
  const sent = new CataloguedError("RATE_LIMITED", { retryAfter: 7 });
  expect(sent).toMatchObject({ name: "RATE_LIMITED", code: 4001, status: 429 });
  expect(new CopaneError(errorBody(sent), 429)).toMatchObject({ ...errorBody(sent), status: 429 });
  const later = { code: 9999, name: "FROM_LATER", message: "Of a later version." };
  expect(new CopaneError(later)).toMatchObject(later);
});
