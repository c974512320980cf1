import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { endNumbers } from "./ends.ts";
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

test("every end stands in the document of the wire, by a number that no error has", () => {
  const document = readFileSync(new URL("../../../docs/protocol.md", import.meta.url), "utf8");
  const errors: number[] = Object.values(errorCatalogue).map(([number]) => number);
  for (const [name, number] of Object.entries(endNumbers)) {
    expect(document).toContain(`| ${number} | \`${name}\` |`);
    expect(errors).not.toContain(number);
  }
  expect(new Set(Object.values(endNumbers)).size).toBe(Object.keys(endNumbers).length);
});

test("an error that crossed the wire is the same, one of a later version too", () => {
  const sent = new CataloguedError("RATE_LIMITED", { retryAfter: 7 });
  expect(sent).toMatchObject({ name: "RATE_LIMITED", code: 4001, status: 429 });
  expect(new CopaneError(errorBody(sent), 429)).toMatchObject({ ...errorBody(sent), status: 429 });
  const later = { code: 9999, name: "FROM_LATER", message: "Of a later version." };
  expect(new CopaneError(later)).toMatchObject(later);
});
