import { languageOf } from "../words.ts";
import { locales } from "./all.ts";
import type { EndWords, ErrorWords } from "./words.ts";

/** Errors and reasons for the end in the language of a tag; nothing in English, which they say themselves. */
export function sharedWords(locale: string): { errors?: ErrorWords; ends?: EndWords } {
  const all: Record<string, { errors: ErrorWords; ends: EndWords }> = locales;
  return all[languageOf(locale)] ?? {};
}
