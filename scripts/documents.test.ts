import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const root = new URL("..", import.meta.url);

/** Addresses of one Markdown document that lead to files of this repository, as URLs. */
function linksOf(path: string): URL[] {
  // Code has brackets of its own.
  const text = readFileSync(new URL(path, root), "utf8").replace(/^```.*?^```/gms, "");
  return [...text.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)]
    .map(([, address = ""]) => address)
    .filter((address) => !/^[a-z]+:/.test(address))
    .map((address) => new URL(address, new URL(path, root)));
}

test("links of every document lead to a file", () => {
  const documents = execFileSync("git", ["ls-files", "*.md"], { cwd: root, encoding: "utf8" })
    .split("\n")
    .filter(Boolean);
  expect(documents).toContain("README.md");
  const lost = documents.flatMap((path) =>
    linksOf(path)
      .filter((link) => !existsSync(link))
      .map((link) => `${path}: ${link.pathname}`),
  );
  expect(lost).toEqual([]);
});

test("what the architecture page says is to be touched exists", () => {
  const text = readFileSync(new URL("docs/architecture.md", root), "utf8");
  const named = [...text.matchAll(/`((?:packages|apps|docs)\/[^`]+)`/g)].map(([, path = ""]) => path);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
});
