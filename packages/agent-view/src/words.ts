import { type ErrorWords, languageFor, languages, withEnglish } from "@copane/ui";
import { loadSharedWords } from "@copane/ui/locales";
import { view as english, type Messages } from "./locales/en/view.ts";
import { scripts } from "./locales/view.ts";

/** What the view says in one language. */
interface Words {
  language: string;
  text: Messages;
  /** Errors; undefined where they say it themselves. */
  errors?: ErrorWords | undefined;
}

const known = new Map<string, Words>([["en", { language: "en", text: english }]]);

/** The language for somebody who wants these, the best one first, and otherwise what the browser asks for. */
export function languageOf(wanted: readonly (string | null)[]): string {
  return languageFor([...wanted, ...navigator.languages], languages);
}

/** The words in one of `languages`, if they are there. */
export function knownWords(language: string): Words | undefined {
  return known.get(language);
}

/** Fetches the words in one of `languages`. Never rejects: English stands in. */
export async function loadWords(language: string): Promise<void> {
  if (known.has(language)) return;
  let words: Words = { language: "en", text: english };
  try {
    const load = scripts[language as keyof typeof scripts];
    const [text, { errors }] = await Promise.all([load(), loadSharedWords(language)]);
    words = { language, text: withEnglish<Messages>(english, text), errors };
  } catch (error) {
    console.warn("copane: a language could not be loaded", error);
  }
  known.set(language, words);
}
