import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const script = fileURLToPath(new URL("scale.mjs", import.meta.url));
const reckon = (...args: string[]) => execFileSync(process.execPath, [script, ...args], { encoding: "utf8" });

/** The figures of the row that begins so. */
function figures(text: string, label: string): number[] {
  const row = text.split("\n").find((line) => line.startsWith(`| ${label}`)) ?? "";
  return row
    .split("|")
    .slice(2, -1)
    .map((cell) => Number(cell.replaceAll(",", "")));
}

test("the tables of docs/scale.md are what the script reckons", () => {
  const page = readFileSync(new URL("../docs/scale.md", import.meta.url), "utf8");
  const [, tables] = page.match(/<!-- scale -->\n([\s\S]*)<!-- \/scale -->/) ?? [];
  expect(tables?.trim()).toBe(reckon().trim());
});

test("twice the sessions take twice the network, rows and proxies", () => {
  const [once, twice] = [reckon("--sessions", "50000"), reckon("--sessions", "100000")];
  for (const label of ["frames a second", "PostgreSQL: rows", "proxies: cores"]) {
    const doubled = figures(once, label).map((value) => value * 2);
    expect(doubled.length).toBe(3);
    for (const [i, value] of figures(twice, label).entries())
      expect(Math.abs(value - (doubled[i] ?? 0)) / value).toBeLessThan(0.01);
  }
});

test("another cost changes what it is part of, and nothing else", () => {
  const [usual, dear] = [reckon(), reckon("--cost", "rowUs=200")];
  const label = "PostgreSQL: cores";
  expect(figures(dear, label)).toEqual(figures(usual, label).map((value) => value * 2));
  expect(figures(dear, "servers (")).toEqual(figures(usual, "servers ("));
});

test("where both sockets meet nothing goes through Redis", () => {
  expect(figures(reckon(), "Redis: packets")[2]).toBe(0);
});

test.each([
  ["--cost", "frames=1"],
  ["--cost", "frameUs=x"],
  ["--sessions", "many"],
])("%s %s is refused", (...args) => {
  expect(spawnSync(process.execPath, [script, ...args]).status).not.toBe(0);
});
