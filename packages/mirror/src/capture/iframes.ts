import { contentDocument } from "../core/content-document.ts";
import type { NodeTable } from "../core/tree/node-table.ts";

/** Iframes that the viewers have, and the document inside that they were given. */
export class Iframes {
  readonly #nodes: NodeTable;
  readonly #changed: (frame: HTMLIFrameElement) => void;
  readonly #documents = new Map<HTMLIFrameElement, Document | undefined>();

  /** @param changed an iframe got another document, by loading or by a script */
  constructor(nodes: NodeTable, changed: (frame: HTMLIFrameElement) => void) {
    this.#nodes = nodes;
    this.#changed = changed;
  }

  all(): Iterable<HTMLIFrameElement> {
    return this.#documents.keys();
  }

  add(frame: HTMLIFrameElement): void {
    if (!this.#documents.has(frame)) this.#documents.set(frame, undefined);
  }

  setDocument(frame: HTMLIFrameElement, document: Document): void {
    this.#documents.set(frame, document);
  }

  clear(): void {
    this.#documents.clear();
  }

  poll(): void {
    for (const [frame, document] of this.#documents) {
      if (this.#nodes.mirrored(frame) === undefined) this.#documents.delete(frame);
      else if (contentDocument(frame) !== document) {
        this.#documents.delete(frame);
        this.#changed(frame);
      }
    }
  }
}
