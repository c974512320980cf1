import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import ts from "typescript";
import { root } from "./lib/run.mjs";

const LONGEST = 120;
const code = /\.(?:ts|tsx|mjs|cjs|js)$/;
const literals = new Set([
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.NoSubstitutionTemplateLiteral,
  ts.SyntaxKind.TemplateExpression,
  ts.SyntaxKind.RegularExpressionLiteral,
]);

/** Where the literals of a source file stand: pages, style sheets, queries and texts, which are data. */
function literalsOf(path, text) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false);
  const ranges = [];
  const walk = (node) => {
    if (literals.has(node.kind)) ranges.push([node.getStart(source), node.end]);
    else ts.forEachChild(node, walk);
  };
  walk(source);
  return ranges;
}

/** How many characters between the two places are data. */
function dataBetween(ranges, from, to) {
  return ranges.reduce(
    (sum, [start, end]) => sum + Math.max(0, Math.min(end, to) - Math.max(start, from)),
    0,
  );
}

/** Lines of Markdown that cannot be broken: tables, and a single word such as an address. */
const unbreakable = (line) =>
  /^\s*\|/.test(line) || !/\S\s+\S/.test(line.replace(/^\s*(?:[-*>]|\d+\.)\s+/, ""));

/** The numbers of the lines that are too long. */
function longLines(path) {
  const text = readFileSync(`${root}${path}`, "utf8");
  if (!text.split("\n").some((line) => line.length > LONGEST)) return [];
  const ranges = code.test(path) ? literalsOf(path, text) : [];
  const found = [];
  let start = 0;
  for (const [i, line] of text.split("\n").entries()) {
    const length = line.length - dataBetween(ranges, start, start + line.length);
    if (length > LONGEST && !(path.endsWith(".md") && unbreakable(line))) found.push(i + 1);
    start += line.length + 1;
  }
  return found;
}

const tracked = execFileSync(
  "git",
  ["ls-files", "-z", "--", "*.ts", "*.tsx", "*.mjs", "*.cjs", "*.js", "*.css", "*.md"],
  {
    cwd: root,
    encoding: "utf8",
  },
);
// Figures that a program wrote, and pages that are yet to be rewritten.
const left = /^bench\/results\//;
const files = tracked.split("\0").filter((path) => path && !left.test(path));
const found = files.flatMap((path) => longLines(path).map((line) => `${path}:${line}`));
for (const place of found) console.error(`${place}: longer than ${LONGEST} characters`);
process.exitCode = found.length ? 1 : 0;
