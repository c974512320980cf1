import { languageOf } from "@copane/ui";

/** Of the words that come with a part, in all languages, those for a language tag: English where there are none. */
export function wordsFor<T>(locale: string, words: { en: T; [language: string]: T }): T {
  return words[languageOf(locale)] ?? words.en;
}
