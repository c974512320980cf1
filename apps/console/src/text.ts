import type { CloseReason } from "@copane/protocol";
import { endText, errorText, languageOf, wordsFor } from "@copane/ui";
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

/** Why a session ended, in the reader's language. */
export function describeEnd(reason: CloseReason): string {
  return endText(reason, words.ends);
}
