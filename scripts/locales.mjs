import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { root } from "./lib/run.mjs";

/**
 * Lists of scripts with words, one script for each language but English, which is fetched when it is spoken: in which
 * folder, of which file there, and what is taken from it (all of it where nothing is named).
 */
const places = [
  { folder: "packages/ui/src/locales", file: "index", list: "all" },
  { folder: "packages/agent-view/src/locales", file: "view", name: "view" },
  { folder: "apps/console/src/locales", file: "desk", name: "desk" },
  { folder: "apps/console/src/locales", file: "admin", name: "admin" },
];

/** Folders that have a folder for each language. */
export const folders = [...new Set([...places.map(({ folder }) => folder), "packages/widget/src/locales"])];

const head = "// Made by `npm run locales` from the folders beside it: adding a language is adding a folder.";

/** The languages that a folder has, without English: it is there from the start. */
function languagesOf(path) {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "en")
    .map((entry) => entry.name)
    .sort();
}

function listOf(base, { folder, file, list = file, name }) {
  const lines = languagesOf(base + folder).map((language) => {
    const key = /\W/.test(language) ? `"${language}"` : language;
    const script = `import("./${language}/${file}.ts")`;
    return name ? `  ${key}: async () => (await ${script}).${name},` : `  ${key}: () => ${script},`;
  });
  const text = [head, "export const scripts = {", ...lines, "};", ""].join("\n");
  return { path: `${base}${folder}/${list}.ts`, text };
}

function namesOf(base) {
  const folder = `${base}packages/ui/src/locales`;
  const names = [...languagesOf(folder), "en"].sort().join(" ");
  const text = `${head}\nexport const languages: readonly string[] = "${names}".split(" ");\n`;
  return { path: `${folder}/languages.ts`, text };
}

/** The launcher's few words, of all languages: in one script, so that a page in another language fetches but one. */
function launchersOf(base) {
  const folder = `${base}packages/widget/src/locales`;
  const all = languagesOf(folder).map((language) => [language, language.replace(/\W/g, "")]);
  const text = [
    head,
    ...all.map(([language, name]) => `import { launcher as ${name} } from "./${language}/launcher.ts";`),
    "",
    "export const launchers = {",
    ...all.map(([language, name]) => (language === name ? `  ${name},` : `  "${language}": ${name},`)),
    "};",
    "",
  ].join("\n");
  return { path: `${folder}/launchers.ts`, text };
}

/**
 * The lists as they should be, and whether they are.
 * @param base where the repository is, with a `/` at the end
 */
export function lists(base = root) {
  return [...places.map((place) => listOf(base, place)), launchersOf(base), namesOf(base)].map((list) => ({
    ...list,
    isCurrent: readFileSync(list.path, { encoding: "utf8", flag: "a+" }) === list.text,
  }));
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const { path, text } of lists()) writeFileSync(path, text);
