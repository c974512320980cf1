import * as dom from "../../core/dom.ts";
import { importsOf, isImport, readableRules } from "./readable-rules.ts";
import { canMake, isLong, type Saw } from "./rules.ts";

/** Which sheets have the rules that their markup says: viewers have those by the markup alone. */
export class MarkupSheets {
  /** Sheets whose text and rules were found to agree, with the number of rules. */
  readonly #agreed = new WeakMap<CSSStyleSheet, number>();
  readonly #edited = new WeakSet<CSSStyleSheet>();
  /** Sheets of which what they import was edited. */
  readonly #flat = new WeakSet<CSSStyleSheet>();
  /** Media as attributes say them, and as browsers write them. */
  readonly #media = new Map<string, string>();

  readonly #saw: Saw;

  constructor(saw: Saw) {
    this.#saw = saw;
  }

  /** Scripts changed its rules. */
  edit(sheet: CSSStyleSheet): void {
    this.#edited.add(sheet);
  }

  /** Scripts changed what it imports. */
  editImported(sheet: CSSStyleSheet): void {
    this.#edited.add(sheet);
    this.#flat.add(sheet);
  }

  /** Whether what it imports is not what its files say. */
  isFlat(sheet: CSSStyleSheet): boolean {
    return this.#flat.has(sheet);
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

  /** Whether scripts did to a sheet what our hooks have not seen: filled, edited or switched it. */
  differs(element: Element, sheet: CSSStyleSheet): boolean {
    if (this.isSwitched(element, sheet) || this.#edited.has(sheet)) return true;
    if (dom.localName(element) !== "style") return false;
    const rules = readableRules(sheet);
    if (rules === undefined || this.makes(sheet, rules.length)) return false;
    if (
      rules[0] &&
      isImport(rules[0]) &&
      dom.characterSet(dom.ownerDocument(element) as Document) !== "UTF-8"
    ) {
      // What it imports is read as its document is encoded, and the replica's is another.
      this.editImported(sheet);
      return true;
    }
    if (canMake((dom.textContent(element) ?? "").trim(), rules, this.#saw)) {
      this.#agreed.set(sheet, rules.length);
      return false;
    }
    this.#edited.add(sheet);
    return true;
  }

  /** Whether a sheet is not on, or for other media than its markup says; browsers switch those with a title. */
  isSwitched(element: Element, sheet: CSSStyleSheet): boolean {
    return sheet.disabled || Boolean(sheet.title) || sheet.media.mediaText !== this.mediaOf(element);
  }

  /** Media as the markup says them. */
  mediaOf(element: Element): string {
    const said = dom.getAttribute(element, "media") ?? "";
    let media = this.#media.get(said);
    if (media === undefined) {
      media = said && new CSSStyleSheet({ media: said }).media.mediaText;
      this.#media.set(said, media);
    }
    return media;
  }

  /** Whether a sheet is too large, or too far away, to be compared with its markup at once. */
  isUnread(element: Element, sheet: CSSStyleSheet): boolean {
    const rules = readableRules(sheet);
    if (!rules) return false;
    if (!importsOf(rules).next().done) return !this.#flat.has(sheet);
    if (this.#edited.has(sheet)) return false;
    return dom.localName(element) === "link" || isLong(dom.textContent(element) ?? "");
  }
}
