import * as dom from "../../core/dom.ts";
import type { NodeRecord } from "../../core/tree/node-table.ts";
import type { MarkupSheets } from "./markup-sheets.ts";

interface Owner {
  record: NodeRecord;
  /** The sheet that it had at the last look. */
  sheet: CSSStyleSheet | null;
}

/** Elements with a sheet of their own that the viewers have. */
export class SheetOwners {
  readonly #markup: MarkupSheets;
  readonly #owners = new Map<Element, Owner>();

  constructor(markup: MarkupSheets) {
    this.#markup = markup;
  }

  clear(): void {
    this.#owners.clear();
  }

  add(element: Element, record: NodeRecord): void {
    this.#owners.set(element, { record, sheet: null });
  }

  /** The sheets that they had at the last look. */
  *sheets(): Generator<CSSStyleSheet> {
    for (const { sheet } of this.#owners.values()) if (sheet) yield sheet;
  }

  /** Those of the sheets that are too large, or too far away, to be compared with their markup at once. */
  *unread(): Generator<CSSStyleSheet> {
    for (const [element, { sheet }] of this.#owners)
      if (sheet && this.#markup.isUnread(element, sheet)) yield sheet;
  }

  /** Whether one has another sheet than at the last look, or one of which `differs` says so. */
  some(differs: (element: Element, sheet: CSSStyleSheet) => boolean): boolean {
    for (const [element, { record, sheet }] of this.#owners) {
      if (!record.mirrored) continue;
      const now = sheetOf(element);
      if (now !== sheet || (now && differs(element, now))) return true;
    }
    return false;
  }

  /** Looks at all: the sheet that each had, and the one that it has now, null where the viewers do not have it. */
  *look(): Generator<[element: Element, former: CSSStyleSheet | null, now: CSSStyleSheet | null]> {
    for (const [element, owner] of this.#owners) {
      const { record, sheet: former } = owner;
      owner.sheet = record.mirrored ? sheetOf(element) : null;
      if (!record.mirrored) this.#owners.delete(element);
      yield [element, former, owner.sheet];
    }
  }
}

export function sheetOf(element: Element): CSSStyleSheet | null {
  return dom.sheet(element as HTMLStyleElement | HTMLLinkElement);
}
