import { fill } from "./words.ts";

const PLURAL = /\{(\w+), plural,((?: \w+ \{[^{}]*\})+)\}/g;

/**
 * Puts values into a text's places, as `fill` does, and words that depend on a number, in the format of ICU:
 * `{count, plural, one {# line} other {# lines}}`. `#` is the number as the language writes it.
 */
export function fillCounted(text: string, values: Record<string, string | number>, language: string): string {
  const chosen = text.replace(PLURAL, (_, name: string, forms: string) => {
    const count = Number(values[name]);
    const category = new Intl.PluralRules(language).select(count);
    const words = new Map([...forms.matchAll(/(\w+) \{([^{}]*)\}/g)].map(([, key, form]) => [key, form]));
    const form = words.get(category) ?? words.get("other") ?? "";
    return form.replaceAll("#", new Intl.NumberFormat(language).format(count));
  });
  return fill(chosen, values);
}
