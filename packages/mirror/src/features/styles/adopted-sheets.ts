import * as dom from "../../core/dom.ts";
import { ofPage } from "../../core/own-parts.ts";
import type { NodeTable } from "../../core/tree/node-table.ts";

/** Which sheets the documents and shadow roots of the page adopt, and what the viewers know of that. */
export class AdoptedSheets {
  readonly #nodes: NodeTable;
  readonly #known = new Map<Document | ShadowRoot, readonly CSSStyleSheet[]>();
  /** Sheets that a place does not adopt any more: others may. */
  readonly #left = new Set<CSSStyleSheet>();

  constructor(nodes: NodeTable) {
    this.#nodes = nodes;
  }

  clear(): void {
    this.#known.clear();
    this.#left.clear();
  }

  add(root: Document | ShadowRoot): void {
    this.#known.set(root, []);
  }

  /** Whether some root adopts others than the viewers know. */
  get differ(): boolean {
    for (const _ of this.pending()) return true;
    return false;
  }

  /** The roots that adopt others than the viewers know, with those that they adopt. */
  *pending(): Generator<[root: Document | ShadowRoot, sheets: readonly CSSStyleSheet[]]> {
    for (const [root, known] of this.#known) {
      if (this.#nodes.idOf(root) === 0) {
        this.#known.delete(root);
        for (const sheet of known) this.#left.add(sheet);
      } else {
        const sheets = ofPage(dom.adoptedStyleSheets(root) ?? []);
        if (!same(known, sheets)) yield [root, sheets];
      }
    }
  }

  /** The viewers were told. */
  told(root: Document | ShadowRoot, sheets: readonly CSSStyleSheet[]): void {
    for (const sheet of this.#known.get(root) ?? []) this.#left.add(sheet);
    this.#known.set(root, [...sheets]);
  }

  /** Sheets that no place adopts any more: the page may have let go of them too. */
  takeLeft(): CSSStyleSheet[] {
    if (this.#left.size === 0) return [];
    for (const sheets of this.#known.values()) for (const sheet of sheets) this.#left.delete(sheet);
    const left = [...this.#left];
    this.#left.clear();
    return left;
  }
}

function same(before: readonly CSSStyleSheet[], now: readonly CSSStyleSheet[]): boolean {
  if (before.length !== now.length) return false;
  for (let i = 0; i < now.length; i++) if (before[i] !== now[i]) return false;
  return true;
}
