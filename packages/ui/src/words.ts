import type { EndWords, ErrorWords } from "./locales/words.ts";

/**
 * Words in another language than English. A word that is missing is said in English until it is translated;
 * `packages/ui/src/locales/translations.test.ts` says which are.
 */
export type Translation<T> = {
  readonly [K in keyof T]?: T[K] extends string ? string : Translation<T[K]>;
};

/** Who wants Chinese in traditional characters cannot be given simplified ones. */
const traditional = /^zh-.*(hant|tw|hk|mo)/;

/**
 * Of the languages that there are, the first that is wanted: the same tag, or one of the same language (`pt-PT` finds
 * `pt-BR`). English where there is none.
 * @param wanted tags like `de-AT`, the best one first
 */
export function languageFor(
  wanted: readonly (string | null | undefined)[],
  languages: readonly string[],
): string {
  for (const tag of wanted) {
    const whole = (tag || "").toLowerCase().replace(/_/g, "-");
    const [first] = whole.split("-");
    const found =
      languages.find((one) => one.toLowerCase() === whole) ||
      (!traditional.test(whole) && languages.find((one) => one.split("-")[0] === first));
    if (found) return found;
  }
  return "en";
}

/** Which way a language is written. */
export function directionOf(language: string): "ltr" | "rtl" {
  return /^(ar|fa|he|ur)\b/.test(language) ? "rtl" : "ltr";
}

/** A translation, with English where a word is missing. */
export function withEnglish<T extends object>(english: T, translation: Translation<T> | undefined): T {
  const words = { ...english, ...translation } as T;
  for (const [name, value] of Object.entries(english))
    if (typeof value === "object")
      Object.assign(words, { [name]: { ...value, ...(translation as Record<string, object>)?.[name] } });
  return words;
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
 * says itself. The reason that was given with the logout stands behind it, in quotation marks of the language.
 */
export function endText(
  { code, text, by, number, given }: Ending,
  you: number,
  words: EndWords | undefined,
): string {
  const own = number === you ? words?.[`${code}_you`] : undefined;
  const said = own ?? words?.[`${code}_${by}`] ?? words?.[code];
  if (said === undefined) return text;
  return given ? `${said} ${fill(words?.given ?? "“{text}”", { text: given })}` : said;
}
