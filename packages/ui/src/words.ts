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

/** Why a session is over, as the protocol has it. */
interface Ending {
  code: string;
  text: string;
  by?: string;
  number?: number;
  given?: string;
}

/**
 * Why a session is over for participant `you`, in the reader's language; in English, or where there are no words, as it
 * says itself. The reason that was given with the logout stands behind it.
 */
export function endText(
  { code, text, by, number, given }: Ending,
  you: number,
  words: EndWords | undefined,
): string {
  const own = number === you ? words?.[`${code}_you`] : undefined;
  const said = own ?? words?.[`${code}_${by}`] ?? words?.[code];
  if (said === undefined) return text;
  return given ? `${said} „${given}“` : said;
}
