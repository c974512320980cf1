import { readableRules } from "./readable-rules.ts";
import { absoluteUrls } from "./rules.ts";

/** Texts of rules and sheets as scripts gave them: browsers lose values when they write them out. */
export class RuleTexts {
  /** Of rules with variables, whose shorthands are lost. */
  readonly #rules = new WeakMap<CSSRule, string>();
  /** Of constructed sheets. */
  readonly #sheets: WeakMap<CSSStyleSheet, string>;

  /** @param sheets texts that were found before */
  constructor(sheets: WeakMap<CSSStyleSheet, string>) {
    this.#sheets = sheets;
  }

  /** A rule was inserted (already done). */
  inserted(sheet: CSSStyleSheet, index: number, rule: string): void {
    const made = rule.includes("var(") ? readableRules(sheet)?.[index] : undefined;
    if (made) this.#rules.set(made, rule);
  }

  /** All rules of a sheet are others now; undefined where their text is not known. */
  rewritten(sheet: CSSStyleSheet, text: string | undefined): void {
    if (text === undefined) this.#sheets.delete(sheet);
    else this.#sheets.set(sheet, text);
  }

  ofSheet(sheet: CSSStyleSheet): string | undefined {
    return this.#sheets.get(sheet);
  }

  ofRule(rule: CSSRule, base: string | undefined): string {
    return withBase(this.#rules.get(rule) ?? rule.cssText, base);
  }
}

/** Rules without an address of their own are read from where the page is. */
export function withBase(css: string, base: string | undefined): string {
  return base === undefined ? css : absoluteUrls(css, base);
}
