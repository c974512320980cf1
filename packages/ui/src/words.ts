import type { EndWords, ErrorWords } from "./locales/words.ts";

/** The language of a tag like `de-AT`. */
export function languageOf(locale: string): string {
  return locale.slice(0, 2).toLowerCase();
}

/** Of the words in all languages, those for a language tag: English where there are none. */
export function wordsFor<T>(locale: string, words: { en: T; [language: string]: T }): T {
  return words[languageOf(locale)] ?? words.en;
}

/** Puts values into a text's `{places}`. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ""));
}

/** An error in the reader's language; in English, or where it has no words there, as it says itself. */
export function errorText({ name, message }: Error, words: ErrorWords | undefined): string {
  return words?.[name] ?? message;
}

/** The reason for an end in the reader's language; in English, or where it has no words there, as it was given. */
export function endText({ code, text }: { code: string; text: string }, words: EndWords | undefined): string {
  return words?.[code] ?? text;
}
