import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CopaneError, type ErrorName, errorCatalogue } from "./errors.ts";

test("numbers are given once", () => {
  const numbers = Object.values(errorCatalogue).map(([number]) => number);
  expect(new Set(numbers).size).toBe(numbers.length);
});

test("every error stands in the document of the wire", () => {
  const document = readFileSync(new URL("../../../docs/protocol.md", import.meta.url), "utf8");
  for (const [name, [number, status, message]] of Object.entries(errorCatalogue))
    expect(document).toContain(`| ${number} | \`${name}\` | ${status} | ${message} |`);
});

test("an error that crossed the wire is the same, an unknown one keeps its message", () => {
  const sent = new CopaneError("RATE_LIMITED", { retryAfter: 7 });
  expect(CopaneError.fromBody(sent.toBody())).toMatchObject({
    name: "RATE_LIMITED",
    retryAfter: 7,
    status: 429,
  });
  const later = CopaneError.fromBody({
    code: 9999,
    name: "FROM_LATER" as ErrorName,
    message: "Of a later version.",
  });
  expect(later).toMatchObject({ name: "INTERNAL", message: "Of a later version." });
});
