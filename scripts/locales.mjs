import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { root } from "./lib/run.mjs";

/** Folders with one folder for each language, and the words of each language that a list imports. */
const places = [
  { folder: "packages/ui/src/locales", words: "index" },
  // The session knows which languages there are, and fetches their words when they are needed.
  { folder: "packages/widget/src/locales", words: "launcher", names: true },
  { folder: "packages/agent-view/src/locales", words: "view" },
  { folder: "apps/console/src/locales", words: "desk" },
  { folder: "apps/console/src/locales", words: "admin" },
];

function listOf(base, { folder, words, names }) {
  const languages = readdirSync(`${base}${folder}`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const lines = [
    "// Made by `npm run locales` from the folders beside it: adding a language is adding a folder.",
    ...languages.map((language) =>
      words === "index"
        ? `import * as ${language} from "./${language}/index.ts";`
        : `import { ${words} as ${language} } from "./${language}/${words}.ts";`,
    ),
    "",
    ...(names
      ? [
          `export const languages: readonly string[] = [${languages.map((one) => `"${one}"`).join(", ")}];`,
          "",
        ]
      : []),
    `export const locales = { ${languages.join(", ")} };`,
    "",
  ];
  return { path: `${base}${folder}/${words === "index" ? "all" : words}.ts`, text: lines.join("\n") };
}

/** Folders that have a folder for each language. */
export const folders = [...new Set(places.map(({ folder }) => folder))];

/**
 * The lists as they should be, and whether they are.
 * @param base where the repository is, with a `/` at the end
 */
export function lists(base = root) {
  return places.map((place) => {
    const list = listOf(base, place);
    return { ...list, isCurrent: readFileSync(list.path, { encoding: "utf8", flag: "a+" }) === list.text };
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const { path, text } of lists()) writeFileSync(path, text);
