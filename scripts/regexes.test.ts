import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { checkSync } from "recheck";
import ts from "typescript";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));

/**
 * Expressions whose time grows with the square of a text, and why no text is long enough for that to matter. Of what a
 * page or a stranger may write as long as they like, none is here.
 */
const bounded: Readonly<Record<string, string>> = {
  "/\\/+$/": "the server's address, which the site itself writes",
  "/[.,;:!?)\\]}]+$/": "an address in a line of chat: 1,000 characters at most",
  "/#.*$/": "an address as the browser writes it: without line breaks it ends at once",
  "/\\n?\\/\\/# sourceMappingURL=.*\\s*$/": "a file of a package",
  // `wordEdge` takes 1,000 characters.
  "/(?:\\n|(?:[\\p{L}\\p{N}_'’]+|[^\\s\\p{L}\\p{N}]+)?[^\\S\\n]*)$/u": "the end of a slice",
};

/** `isSecret` of this file takes the first 256 characters. */
const boundedFiles = ["packages/mirror/src/privacy/addresses.ts"];

function literals(file: string): string[] {
  const found: string[] = [];
  const source = ts.createSourceFile(file, readFileSync(root + file, "utf8"), ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node) => {
    if (ts.isRegularExpressionLiteral(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

test("no expression of what we ship takes more than linear time", { timeout: 300_000 }, () => {
  // The one that needs neither Java nor a binary.
  process.env.RECHECK_BACKEND = "pure";
  const files = execFileSync("git", ["ls-files", "packages/*/src/**", "apps/*/src/**"], {
    cwd: root,
    encoding: "utf8",
  })
    .split("\n")
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !/\.test\.tsx?$|\/testing\//.test(file));
  const checked = new Set<string>();
  const slow: string[] = [];
  for (const file of files) {
    for (const literal of literals(file)) {
      if (literal in bounded || boundedFiles.includes(file) || checked.has(literal)) continue;
      checked.add(literal);
      const end = literal.lastIndexOf("/");
      const { status } = checkSync(literal.slice(1, end), literal.slice(end + 1), { timeout: 30_000 });
      if (status !== "safe") slow.push(`${file}: ${literal} (${status})`);
    }
  }
  expect(checked.size).toBeGreaterThan(100);
  expect(slow).toEqual([]);
});
