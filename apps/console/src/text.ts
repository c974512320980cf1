import type { EndReason } from "@copane/protocol";
import { endText, errorText, fillCounted, languageOf, wordsFor } from "@copane/ui";
import { sharedWords } from "@copane/ui/locales";
import { locales } from "./locales/desk.ts";
import type { DeskMessages } from "./locales/en/desk.ts";

/** The language of the agent's browser, or English where there are no words in it. */
export const language = languageOf(navigator.language) in locales ? languageOf(navigator.language) : "en";

/** The desk's texts, in that language. */
export const text: DeskMessages = wordsFor(language, locales);

const words = sharedWords(language);

/** What went wrong, in the reader's language. */
export function describeError(error: unknown): string {
  return errorText(error as Error, words.errors);
}

/** Why a session is over for participant `you`, in the reader's language. */
export function describeEnd(reason: EndReason, you: number): string {
  return endText(reason, you, words.ends);
}

/** A text with numbers and the plurals that they ask for. */
export function counted(text: string, values: Record<string, string | number>): string {
  return fillCounted(text, values, language);
}
