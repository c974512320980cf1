/** The language of a tag like `de-AT`. */
export function languageOf(locale: string): string {
  return locale.slice(0, 2).toLowerCase();
}

/** Puts values into a text's `{places}`. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ""));
}
