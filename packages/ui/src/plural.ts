import { fill } from "./words.ts";

/** The digits of keys and clocks, in Arabic too: one screen has one kind. */
const digits = { numberingSystem: "latn" };

/**
 * Puts values into a text's places, as `fill` does, and words that depend on a number, in the format of ICU:
 * `{count, plural, one {# line} other {# lines}}`. `#` is the number as the language writes it.
 */
export function fillCounted(text: string, values: Record<string, string | number>, language: string): string {
  const [before = "", ...places] = text.split(", plural,");
  let said = before;
  for (const place of places) {
    // What stands before is `… {name`, what follows `one {…} other {…}} …`.
    const at = said.lastIndexOf("{");
    const { forms, rest } = formsOf(place);
    const chosen = choose(forms, Number(values[said.slice(at + 1)]), language);
    said = said.slice(0, at) + chosen + rest;
  }
  return fill(said, values);
}

/** Reads `one {# line} other {# lines}}` and what comes after it. */
function formsOf(text: string): { forms: Map<string, string>; rest: string } {
  const forms = new Map<string, string>();
  let at = 0;
  for (;;) {
    const open = text.indexOf("{", at);
    const close = text.indexOf("}", at);
    if (open < 0 || close < open) return { forms, rest: text.slice(close + 1) };
    const end = text.indexOf("}", open);
    forms.set(text.slice(at, open).trim(), text.slice(open + 1, end));
    at = end + 1;
  }
}

function choose(forms: ReadonlyMap<string, string>, count: number, language: string): string {
  const form = forms.get(new Intl.PluralRules(language).select(count)) ?? forms.get("other") ?? "";
  return form.replaceAll("#", new Intl.NumberFormat(language, digits).format(count));
}
