import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { errorCatalogue } from "@copane/protocol";
import { languages } from "@copane/ui";
import { describe, expect, test } from "vitest";
import { folders } from "./locales.mjs";

const root = fileURLToPath(new URL("../", import.meta.url));

/** Words that some language shares with English. */
const shared =
  "Actions Active Administration Administrator Auditor Chat Control Element Filters Invitation Message Note Orange " +
  "Participants Pause Rectangle Session Sessions Supervisor Violet";
const mayBeShared = new Set(shared.split(" "));

type Words = Record<string, string>;

/** All words of a module, by the path to each. */
function flat(value: unknown, path = ""): Words {
  if (typeof value === "string") return { [path]: value };
  return Object.assign({}, ...Object.entries(value ?? {}).map(([name, one]) => flat(one, `${path}/${name}`)));
}

async function wordsIn(folder: string, language: string): Promise<Words> {
  const files = readdirSync(`${root}${folder}/${language}`).filter((name) => name !== "index.ts");
  const modules = folder.includes("packages/ui/") ? ["index.ts"] : files;
  const all = await Promise.all(modules.map((name) => import(`${root}${folder}/${language}/${name}`)));
  return Object.assign({}, ...all.map((module) => flat({ ...module })));
}

/** `{count, plural, one {…} other {…}}` in a text, each with its places and its forms. */
function pluralsOf(text: string): { name: string; forms: string[] }[] {
  return [...text.matchAll(/\{(\w+), plural,((?:\s*\w+ \{[^{}]*\})+)\s*\}/g)].map(
    ([, name = "", forms = ""]) => ({
      name,
      forms: [...forms.matchAll(/(\w+) \{/g)].map(([, form = ""]) => form),
    }),
  );
}

/** The values that a text has places for. */
function placesOf(text: string): string[] {
  const plain = text.replace(/\{(\w+), plural,(?:\s*\w+ \{[^{}]*\})+\s*\}/g, "{$1}");
  return [...new Set([...plain.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name))].sort();
}

/** The English of a room; of errors and ends, which say it themselves, German has the names and places. */
const originalOf = (folder: string) => (folder.includes("packages/ui/") ? "de" : "en");

test("every room has every language", () => {
  for (const folder of folders) {
    const found = readdirSync(`${root}${folder}`, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(new Set([...found, "en"]), folder).toEqual(new Set(languages));
  }
});

describe.each(folders)("the words of %s", (folder) => {
  const original = originalOf(folder);
  const others = languages.filter((language) => language !== original && language !== "en");

  test.each(others)("are all there in %s, and no other", async (language) => {
    const [english, words] = await Promise.all([wordsIn(folder, original), wordsIn(folder, language)]);
    expect(Object.keys(words).sort()).toEqual(Object.keys(english).sort());
  });

  test.each(others)("have the same places in %s, and every plural that it needs", async (language) => {
    const [english, words] = await Promise.all([wordsIn(folder, original), wordsIn(folder, language)]);
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    for (const [path, text] of Object.entries(words)) {
      expect(placesOf(text), `${path}: ${text}`).toEqual(placesOf(english[path] ?? ""));
      expect(pluralsOf(text).map(({ name }) => name)).toEqual(
        pluralsOf(english[path] ?? "").map(({ name }) => name),
      );
      for (const { forms } of pluralsOf(text))
        expect(new Set(forms), `${path}: ${text}`).toEqual(new Set(pluralCategories));
    }
  });

  test.each(others)("are not left in English in %s", async (language) => {
    const english = folder.includes("packages/ui/")
      ? flat({
          errors: Object.fromEntries(
            Object.entries(errorCatalogue).map(([name, [, , text]]) => [name, text]),
          ),
        })
      : await wordsIn(folder, "en");
    const words = await wordsIn(folder, language);
    const left = Object.entries(words)
      .filter(([path, text]) => text === english[path] && /\p{L}{2}/u.test(text.replace(/\{[^}]*\}/g, "")))
      .map(([, text]) => text);
    expect(left.filter((text) => !mayBeShared.has(text))).toEqual([]);
  });
});
