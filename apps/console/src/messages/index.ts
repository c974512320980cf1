import { de } from "./de.ts";
import { en, type Messages } from "./en.ts";

/** The desk's texts, in the language of the agent's browser. */
export const text: Messages = navigator.language.toLowerCase().startsWith("de") ? de : en;

/** Puts values into a text's `{places}`. */
export function fill(template: string, values: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ""));
}
