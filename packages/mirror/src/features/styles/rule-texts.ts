import type { AuthorTexts, ScriptedTexts } from "./author-texts.ts";
import { isImport } from "./readable-rules.ts";
import type { ScriptedRule } from "./rule-composer.ts";
import { hasLongHeight, isLossy, withBase } from "./rules.ts";

/** Texts of rules and sheets as scripts gave them: browsers lose values when they write them out. */
export class RuleTexts implements ScriptedTexts {
  /** Of rules that browsers do not write out in full: variables in shorthands, many digits. */
  readonly #rules = new WeakMap<CSSRule, ScriptedRule>();
  /** Of constructed sheets. */
  readonly #sheets: WeakMap<CSSStyleSheet, string>;
  readonly #edited = new WeakSet<CSSStyleSheet>();
  readonly #call: () => boolean;
  /** Texts of authors, once what reads them is there. */
  authors: AuthorTexts | undefined;

  /**
   * @param sheets texts that were found before
   * @param call for what reads the texts of authors; false when that does not come
   */
  constructor(sheets: WeakMap<CSSStyleSheet, string>, call: () => boolean) {
    this.#sheets = sheets;
    this.#call = call;
  }

  /** A rule was inserted among the rules of a sheet or of another rule (already done). */
  inserted(rules: CSSRuleList | undefined, index: number, text: string): void {
    const made = text.includes("var(") || hasLongHeight(text) ? rules?.[index] : undefined;
    if (made) this.#rules.set(made, { text, declared: new Map(), edited: false });
  }

  /**
   * A rule is another now.
   * @param property what was declared in it; empty for all of it
   */
  edited(rule: CSSRule, property = "", value = ""): void {
    if (rule.parentStyleSheet) this.#edited.add(rule.parentStyleSheet);
    // The texts of rules that it stands in say what it was.
    for (let up = rule.parentRule; up; up = up.parentRule) {
      const outer = this.#rules.get(up);
      if (outer) outer.edited = true;
    }
    let scripted = this.#rules.get(rule);
    const variable = value.includes("var(");
    if (!scripted) {
      if (!variable) return;
      scripted = { text: undefined, declared: new Map(), edited: true };
      this.#rules.set(rule, scripted);
    }
    scripted.edited = true;
    if (!variable) return;
    if (property === "") scripted.declared.clear();
    // The last of them counts.
    scripted.declared.delete(property);
    scripted.declared.set(property, property ? `${property}:${value}` : value);
  }

  /** All rules of a sheet are others now; undefined where their text is not known. */
  rewritten(sheet: CSSStyleSheet, text: string | undefined): void {
    this.#edited.delete(sheet);
    if (text === undefined) this.#sheets.delete(sheet);
    else this.#sheets.set(sheet, text);
  }

  scripted(rule: CSSRule): ScriptedRule | undefined {
    return this.#rules.get(rule);
  }

  ofSheet(sheet: CSSStyleSheet): string | undefined {
    return this.#sheets.get(sheet);
  }

  /** The text that makes a whole sheet, as far as is known. */
  whole(sheet: CSSStyleSheet): string | undefined {
    return this.#edited.has(sheet) ? undefined : this.#sheets.get(sheet);
  }

  /** Whether all is known of a sheet that can be. */
  settled(sheet: CSSStyleSheet): boolean {
    return this.authors ? this.authors.settled(sheet) : !this.#call();
  }

  /** Whether a rule cannot be told without its author's text. */
  lacks(rule: CSSRule, flat: boolean): boolean {
    if (isImport(rule)) return flat;
    const scripted = this.#rules.get(rule);
    const { cssText } = rule;
    return (!scripted?.text || scripted.edited) && (isLossy(cssText) || hasLongHeight(cssText));
  }

  /** @param flat what it imports stands in the text of an import */
  ofRule(rule: CSSRule, flat: boolean): string {
    if (this.authors) return this.authors.textOf(rule, flat);
    const scripted = this.#rules.get(rule);
    const text = scripted?.text && !scripted.edited ? scripted.text : rule.cssText;
    return withBase(text, rule.parentStyleSheet?.href ?? undefined);
  }
}
