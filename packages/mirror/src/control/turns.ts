import * as dom from "../core/dom.ts";
import { isRich } from "./editing.ts";
import { deepActive } from "./focus.ts";

/** Where no event comes of a selection that changed, the next input waits no longer, in milliseconds. */
const MOST_MS = 50;

/**
 * Takes the agent's input one after the other. An editor learns where the caret is by `selectionchange`, which the
 * browser fires some time later: between two keys of a person there is always time for it, between two that come by the
 * network in a bunch there is not, and the second would go where the caret was.
 */
export class Turns {
  readonly #document: Document;
  #later: (() => void)[] | undefined;
  #end: (() => void) | undefined;

  constructor(document: Document) {
    this.#document = document;
  }

  /** Does `work` now, or when the page knows what the work before it selected. */
  take(work: () => void): void {
    if (this.#later) {
      this.#later.push(work);
      return;
    }
    const before = this.#selected();
    work();
    const after = this.#selected();
    if (after?.some((part, i) => part !== before?.[i])) this.#wait(after[0]);
  }

  /** What waits is not done any more. */
  drop(): void {
    this.#later = undefined;
    this.#end?.();
  }

  /** The document that is edited, and its selection; undefined where none is. */
  #selected(): [Document, Node | null, number, Node | null, number] | undefined {
    const active = deepActive(this.#document);
    const selection = isRich(active) ? dom.getSelection(dom.ownerDocument(active)) : null;
    if (!selection) return undefined;
    const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
    return [dom.ownerDocument(active), anchorNode, anchorOffset, focusNode, focusOffset];
  }

  #wait(document: Document): void {
    this.#later = [];
    const end = () => {
      clearTimeout(timer);
      dom.removeEventListener(document, "selectionchange", end);
      this.#end = undefined;
      const later = this.#later ?? [];
      this.#later = undefined;
      for (const work of later) this.take(work);
    };
    const timer = setTimeout(end, MOST_MS);
    // Listens last: the page's own listeners have heard it by then.
    dom.addEventListener(document, "selectionchange", end);
    this.#end = end;
  }
}
