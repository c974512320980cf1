import { readableRules } from "./readable-rules.ts";
import { canMake } from "./rules.ts";

/** Which sheets have the rules that their markup says: viewers have those by the markup alone. */
export class MarkupSheets {
  /** Sheets whose text and rules were found to agree, with the number of rules. */
  readonly #agreed = new WeakMap<CSSStyleSheet, number>();
  readonly #edited = new WeakSet<CSSStyleSheet>();

  /** Scripts changed its rules. */
  edit(sheet: CSSStyleSheet): void {
    this.#edited.add(sheet);
  }

  isEdited(sheet: CSSStyleSheet): boolean {
    return this.#edited.has(sheet);
  }

  /** Whether its rules were found to be those of its markup, and scripts did not change them since. */
  agrees(sheet: CSSStyleSheet): boolean {
    return this.#agreed.has(sheet) && !this.#edited.has(sheet);
  }

  /** Whether its text was found to make so many rules. */
  makes(sheet: CSSStyleSheet, count: number): boolean {
    return this.#agreed.get(sheet) === count;
  }

  /** Whether a script filled a `<style>`, or switched a sheet off, without our hooks having seen it. */
  differs(element: Element, sheet: CSSStyleSheet): boolean {
    if (sheet.disabled || this.#edited.has(sheet)) return true;
    if (element.localName !== "style") return false;
    const rules = readableRules(sheet);
    if (rules === undefined || this.makes(sheet, rules.length)) return false;
    const text = (element.textContent ?? "").trim();
    if (text.includes("@import") || canMake(text, rules)) {
      this.#agreed.set(sheet, rules.length);
      return false;
    }
    this.#edited.add(sheet);
    return true;
  }
}
