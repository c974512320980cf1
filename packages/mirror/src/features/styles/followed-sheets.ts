import * as dom from "../../core/dom.ts";
import type { NodeTable } from "../../core/tree/node-table.ts";
import type { Begin, FollowedSheet } from "./followed-sheet.ts";
import type { MarkupSheets } from "./markup-sheets.ts";

/** The sheets that are followed, of those that the viewers have. */
export class FollowedSheets {
  readonly #nodes: NodeTable;
  readonly #markup: MarkupSheets;
  readonly #sheets = new Map<CSSStyleSheet, FollowedSheet>();
  /** Of constructed sheets; given once. */
  readonly #ids = new WeakMap<CSSStyleSheet, number>();

  constructor(nodes: NodeTable, markup: MarkupSheets) {
    this.#nodes = nodes;
    this.#markup = markup;
  }

  clear(): void {
    this.#sheets.clear();
  }

  get(sheet: CSSStyleSheet): FollowedSheet | undefined {
    return this.#sheets.get(sheet);
  }

  all(): Iterable<FollowedSheet> {
    return this.#sheets.values();
  }

  delete(sheet: CSSStyleSheet): void {
    this.#sheets.delete(sheet);
  }

  /**
   * Follows a sheet, if the viewers have or will have it.
   * @param known how many rules they have by the markup; undefined when that may differ from what is there
   */
  follow(sheet: CSSStyleSheet, known?: number): FollowedSheet | undefined {
    const owner = sheet.ownerNode as Element | null;
    const id = this.#nodes.idOf(owner);
    if (!id || this.isMasked(owner as Node)) return undefined;
    return this.#add(id, sheet, known === undefined ? "compare" : undefined, known);
  }

  /** Follows a constructed sheet, which the viewers get by it. */
  followConstructed(sheet: CSSStyleSheet, masked: boolean): FollowedSheet {
    const id = this.#ids.get(sheet) ?? this.#nodes.reserveId();
    this.#ids.set(sheet, id);
    const followed = this.#add(id, sheet, "anew");
    followed.masked = masked;
    return followed;
  }

  isMasked(node: Node): boolean {
    return this.#nodes.mirrored(node)?.masked === true;
  }

  #add(id: number, sheet: CSSStyleSheet, begin: Begin | undefined, sent = 0): FollowedSheet {
    const owner = sheet.ownerNode as Element | null;
    const followed: FollowedSheet = {
      id,
      sheet,
      owner,
      begin,
      sent,
      edits: [],
      changed: new Set(),
      linked: owner !== null && dom.localName(owner) === "link",
      // What a file imports is read as that is encoded, and what stands in its place here is not.
      flat: this.#markup.isFlat(sheet) || (owner !== null && isLegacy(owner)),
      disabled: sheet.title ? undefined : false,
      media: owner ? this.#markup.mediaOf(owner) : "",
      masked: false,
    };
    this.#sheets.set(sheet, followed);
    return followed;
  }
}

/** Whether an element's document has an encoding of its own. */
function isLegacy(element: Element): boolean {
  return dom.characterSet(dom.ownerDocument(element) as Document) !== "UTF-8";
}
