import { de } from "./de.ts";
import { en, type Messages } from "./en.ts";

const catalogues: Record<string, Messages> = { en, de };

/** The catalogue for a language tag; English when there is none. */
export function messagesFor(locale: string): Messages {
  return catalogues[locale.slice(0, 2).toLowerCase()] ?? en;
}

/** Puts values into a text's `{places}`. */
export function fill(template: string, values: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ""));
}

export type { Messages };
