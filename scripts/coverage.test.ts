import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const page = new URL("../docs/coverage.md", import.meta.url);

/** The lines of its tables, without the heads. */
const lines = readFileSync(page, "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| what |"));

test("each line of the coverage page names a test that exists", () => {
  expect(lines.length).toBeGreaterThan(30);
  const lost = lines.filter((line) => {
    const [, address = "", name = ""] = /\]\(([^)]+\.test\.ts)\) "([^"]+)" \|$/.exec(line) ?? [];
    const file = new URL(address, page);
    return !address || !name || !existsSync(file) || !readFileSync(file, "utf8").includes(name);
  });
  expect(lost).toEqual([]);
});
