import * as dom from "../dom.ts";
import { OWN } from "./replica-nodes.ts";
import { writeShell } from "./shell.ts";

/** The documents of one page of the replica: their mode, and where relative addresses start. */
export class ReplicaDocuments {
  readonly #top: Document;
  readonly #opened: (document: Document) => void;
  readonly #bases = new WeakMap<Document, HTMLBaseElement>();
  /** Documents whose mode is known. */
  readonly #modes = new WeakSet<Document>();
  #baseUrl = "";

  /** @param opened a document stands, still empty */
  constructor(top: Document, opened: (document: Document) => void) {
    this.#top = top;
    this.#opened = opened;
  }

  /** Empties a document. */
  open(document: Document, standards = true): void {
    writeShell(document, standards);
    // No hand reaches it, but a screen reader can press what it finds there: nothing goes anywhere.
    for (const type of ["click", "auxclick", "submit"])
      dom.addEventListener(document, type, (event) => event.preventDefault(), { capture: true });
    this.#opened(document);
  }

  /** Empties the document of an iframe. */
  openInner(document: Document, baseUrl: string): void {
    this.#modes.delete(document);
    this.open(document);
    this.#bases.set(document, baseElement(document, baseUrl));
  }

  doctype(document: Document, standards: boolean): void {
    if (!standards) this.open(document, false);
    this.#modes.add(document);
  }

  /** Nodes come into a document: one for which no doctype came first is in quirks mode. */
  beforeElement(document: Document): void {
    if (!this.#modes.has(document)) this.open(document, false);
  }

  /** The root element stands in its document. */
  root(document: Document, root: Element): void {
    const base = this.#bases.get(document) ?? baseElement(document, this.#baseUrl);
    this.#bases.set(document, base);
    dom.prepend(root, base);
  }

  setBaseUrl(url: string): void {
    this.#baseUrl = url;
    const base = this.#bases.get(this.#top);
    if (base) dom.setHref(base, httpUrl(url));
  }
}

function baseElement(document: Document, url: string): HTMLBaseElement {
  const base = dom.createElement(document, "base");
  dom.setAttribute(base, OWN, "");
  dom.setHref(base, httpUrl(url));
  return base;
}

/** Only addresses of the web may be a base. */
function httpUrl(url: string): string {
  return /^https?:/i.test(url) ? url : "about:blank";
}
