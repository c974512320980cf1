import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));
const text = readFileSync(`${root}docs/security.md`, "utf8");
/** Rows of the tables that name what shows that an attack fails. */
const rows = text
  .split("\n")
  .filter((line) => line.startsWith("| ") && line.split("|").length === 5)
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .filter(([, attack]) => attack !== "attack");
/** The names of the attacks, as their files give them: to load them would start browsers' tools. */
const attacks = [
  "scripts",
  "streams",
  "requests",
  "input",
  "canaries",
  "tokens",
  "guessing",
  "floods",
  "sockjs",
  "frames",
].flatMap((file) =>
  [...readFileSync(`${root}e2e/attack/rows/${file}.ts`, "utf8").matchAll(/^ {2}name: "([^"]+)",$/gm)].map(
    ([, name]) => name as string,
  ),
);

test("every row of the threat model names a test or check that there is, or an attack", () => {
  expect(rows.length).toBeGreaterThan(25);
  for (const [, attack, , shown = ""] of rows) {
    const files = [...shown.matchAll(/`([^`]+)`/g)].map(([, path]) => path as string);
    const named = [...shown.matchAll(/attack: ([^;]+)/g)].map(([, name]) => (name as string).trim());
    expect(files.length + named.length, attack).toBeGreaterThan(0);
    expect(
      files.filter((path) => !existsSync(root + path) || !/\.test\.ts$|^scripts\/check-/.test(path)),
    ).toEqual([]);
    expect(named.filter((name) => !attacks.includes(name))).toEqual([]);
  }
});

test("every attack of the suite has its row", () => {
  expect(attacks.length).toBeGreaterThan(9);
  expect(attacks.filter((name) => !text.includes(`attack: ${name}`))).toEqual([]);
});
