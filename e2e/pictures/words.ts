import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

type Table = { [name: string]: string | Table };

const packages = ["packages/widget", "packages/agent-view", "apps/console"];
const root = new URL("../../", import.meta.url);

/**
 * Says in a language what is written on a screen in English, so that the same walk goes through each. The same English
 * may have several translations: it is one of them.
 */
export async function wordsIn(language: string): Promise<(english: string) => RegExp> {
  const known = new Map<string, string[]>();
  if (language !== "en")
    for (const where of packages)
      for (const file of readdirSync(fileURLToPath(new URL(`${where}/src/locales/en/`, root)))) {
        const [from, to] = await Promise.all(
          ["en", language].map(async (name) =>
            tableOf(await import(new URL(`${where}/src/locales/${name}/${file}`, root).href)),
          ),
        );
        for (const [path, words] of from ?? [])
          known.set(words, [...(known.get(words) ?? []), to?.get(path) ?? words]);
      }
  const literal = (words: string) => words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  // A field that has to be filled in has a star behind its label.
  return (english) =>
    new RegExp(`^\\s*(?:${(known.get(english) ?? [english]).map(literal).join("|")})\\s*\\*?\\s*$`);
}

/** All texts of a module by the way to them. */
function tableOf(module: Table): Map<string, string> {
  const texts = new Map<string, string>();
  const walk = (table: Table, path: string): void => {
    for (const [name, value] of Object.entries(table))
      if (typeof value === "string") texts.set(`${path}.${name}`, value);
      else if (typeof value === "object" && value !== null) walk(value, `${path}.${name}`);
  };
  // The module's own name for its table is another one in no language.
  for (const table of Object.values(module)) if (typeof table === "object") walk(table, "");
  return texts;
}
