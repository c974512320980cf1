import * as dom from "../../core/dom.ts";
import type { RuleRewriter } from "./rule-rewriter.ts";

/** A sheet's rules as the wire gave them, so that every document that adopts it can have its own copy. */
interface Constructed {
  text: string;
  /** Rules inserted after the text was given, in order, with what was deleted. */
  edits: ({ index: number; rule: string } | { index: number; rule: undefined })[];
  disabled: boolean;
  media: string;
  copies: Map<Document, CSSStyleSheet>;
}

/** Sheets that the page's scripts constructed, by their ids. */
export class ConstructedSheets {
  readonly #rewriter: RuleRewriter;
  readonly #sheets = new Map<number, Constructed>();

  constructor(rewriter: RuleRewriter) {
    this.#rewriter = rewriter;
  }

  /** No place adopts it any more: it comes with its text again if one does. */
  drop(id: number): void {
    this.#sheets.delete(id);
  }

  /** The copies that documents have of a sheet. */
  copiesOf(id: number): CSSStyleSheet[] {
    const { copies } = this.#of(id);
    for (const document of copies.keys()) if (!dom.defaultView(document)) copies.delete(document);
    return [...copies.values()];
  }

  setText(id: number, text: string): void {
    const sheet = this.#of(id);
    sheet.text = text;
    sheet.edits = [];
    for (const copy of sheet.copies.values()) {
      copy.replaceSync(text);
      this.#rewriter.sheet(copy, true);
    }
  }

  /** Remembers an edit that was made in the copies; `rule` of undefined is one that was deleted. */
  noteEdit(id: number, index: number, rule: string | undefined): void {
    const edits = this.#sheets.get(id)?.edits;
    const last = edits?.at(-1);
    // A rule that changes often is replaced each time.
    if (rule === undefined && last?.rule !== undefined && last.index === index) edits?.pop();
    else edits?.push({ index, rule });
  }

  noteState(id: number, disabled: boolean, media: string): void {
    const sheet = this.#sheets.get(id);
    if (!sheet) return;
    sheet.disabled = disabled;
    sheet.media = media;
  }

  /** The copy of a sheet for a document. */
  copyFor(id: number, document: Document, window: Window & typeof globalThis): CSSStyleSheet {
    const sheet = this.#of(id);
    let copy = sheet.copies.get(document);
    if (copy !== undefined) return copy;
    for (const former of sheet.copies.keys()) if (!dom.defaultView(former)) sheet.copies.delete(former);
    copy = new window.CSSStyleSheet();
    copy.replaceSync(sheet.text);
    this.#rewriter.sheet(copy, true);
    for (const { index, rule } of sheet.edits) {
      if (rule !== undefined) insertRule(copy, index, rule, this.#rewriter);
      else if (index < copy.cssRules.length) copy.deleteRule(index);
    }
    copy.disabled = sheet.disabled;
    copy.media.mediaText = sheet.media;
    sheet.copies.set(document, copy);
    return copy;
  }

  /** The environment is another: rules mean something else. */
  rewrite(): void {
    for (const { copies } of this.#sheets.values())
      for (const copy of copies.values()) this.#rewriter.sheet(copy, true);
  }

  #of(id: number): Constructed {
    let sheet = this.#sheets.get(id);
    if (sheet === undefined) {
      sheet = { text: "", edits: [], disabled: false, media: "", copies: new Map() };
      this.#sheets.set(id, sheet);
    }
    return sheet;
  }
}

/** Inserts a rule as it has to read in a replica. */
export function insertRule(sheet: CSSStyleSheet, index: number, rule: string, rewriter: RuleRewriter): void {
  const at = Math.min(index, sheet.cssRules.length);
  try {
    sheet.insertRule(rule, at);
  } catch {
    // A rule this browser does not know; an empty one keeps the indices right.
    sheet.insertRule("copane-unknown{}", at);
  }
  rewriter.rule(sheet.cssRules[at] as CSSRule);
}
