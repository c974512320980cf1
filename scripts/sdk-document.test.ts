import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

const root = new URL("../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");

/** The names in an interface or a union of words of a source file. */
function namesIn(path: string, type: string): string[] {
  const file = ts.createSourceFile(
    fileURLToPath(new URL(path, root)),
    read(path),
    ts.ScriptTarget.ES2022,
    true,
  );
  const found: string[] = [];
  for (const statement of file.statements) {
    if (ts.isInterfaceDeclaration(statement) && statement.name.text === type)
      for (const { name } of statement.members) if (name) found.push(name.getText(file).replace(/"/g, ""));
    if (
      ts.isTypeAliasDeclaration(statement) &&
      statement.name.text === type &&
      ts.isUnionTypeNode(statement.type)
    )
      for (const one of statement.type.types)
        if (ts.isLiteralTypeNode(one)) found.push(one.literal.getText(file).replace(/"/g, ""));
  }
  return found;
}

/** The first words of the rows of a table below a heading. */
function rowsBelow(document: string, heading: string): string[] {
  const [, section = ""] = document.split(`\n## ${heading}\n`);
  const [table = ""] = section.split("\n## ");
  return [...table.matchAll(/^\| `([\w-]+)/gm)].map(([, name = ""]) => name);
}

const api = "packages/widget/src/api.ts";

test.each([
  ["Settings", "CopaneSettings"],
  ["Methods", "Copane"],
  ["How things stand", "CopaneStatus"],
  ["Events", "CopaneEvents"],
])("the page for sites lists under %s what %s has, and nothing else", (heading, type) => {
  const names = namesIn(api, type);
  expect(names.length).toBeGreaterThan(3);
  expect(rowsBelow(read("docs/sdk.md"), heading).sort()).toEqual(names.sort());
});

test("the page for sites names every state", () => {
  const states = namesIn(api, "CopaneState");
  expect(states).toHaveLength(6);
  const [row = ""] = read("docs/sdk.md").match(/^\| `state` .*$/m) ?? [];
  for (const state of states) expect(row).toContain(`\`${state}\``);
});

test("the page for desks names every event and every attribute of the element", () => {
  const document = read("docs/agent-view.md");
  const events = namesIn("packages/agent-view/src/element.ts", "AgentViewEvents");
  const attributes = namesIn("packages/agent/src/attributes.ts", "AgentViewAttributes");
  expect(events.length).toBeGreaterThan(3);
  expect(attributes.length).toBeGreaterThan(3);
  const listed = [...document.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name = ""]) => name);
  for (const name of [...events, ...attributes]) expect(listed).toContain(name);
});
