import { languageOf } from "@copane/ui";
import { de } from "./de.ts";
import { en, type Messages } from "./en.ts";

const catalogues: Record<string, Messages> = { en, de };

/** The catalogue for a language tag; English when there is none. */
export function messagesFor(locale: string): Messages {
  return catalogues[languageOf(locale)] ?? en;
}

export type { Messages };
