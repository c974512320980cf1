import * as dom from "../dom.ts";
import type { Loads } from "./loads.ts";
import type { DocumentMode } from "./mode.ts";
import * as Mode from "./mode.ts";
import { OWN } from "./replica-nodes.ts";
import { writeShell } from "./shell.ts";

/** Documents that have their policy. */
const guarded = new WeakSet<Document>();

/** The documents of one page of the replica: their mode, and where relative addresses start. */
export class ReplicaDocuments {
  readonly #top: Document;
  readonly #opened: (document: Document) => void;
  readonly #bases = new WeakMap<Document, HTMLBaseElement>();
  /** Documents whose mode is known. */
  readonly #modes = new WeakSet<Document>();
  readonly #loads: Loads;
  #baseUrl = "";
  /** What may be loaded from; undefined until the page says where it is. */
  #sources: string | undefined;

  /** @param opened a document stands, still empty */
  constructor(top: Document, loads: Loads, opened: (document: Document) => void) {
    this.#top = top;
    this.#loads = loads;
    this.#opened = opened;
  }

  /** The page said where it is, or shows what is in it without having said: its document can begin. */
  begin(url: string): void {
    if (this.#sources !== undefined) return;
    this.#sources = this.#loads.sources(url);
    this.#open(this.#top);
  }

  /** Empties a document. Its policy stays: each more of them would be asked about each address as well. */
  #open(document: Document, mode: DocumentMode = Mode.standards): void {
    // A frame's document has the policy of the one outside, too: the long list needs to be there once.
    const sources = document === this.#top ? (this.#sources ?? "") : "http: https:";
    writeShell(document, mode, guarded.has(document) ? undefined : sources);
    guarded.add(document);
    // No hand reaches it, but a screen reader can press what it finds there: nothing goes anywhere.
    for (const type of ["click", "auxclick", "submit"])
      dom.addEventListener(document, type, (event) => event.preventDefault(), { capture: true });
    this.#opened(document);
  }

  /** Empties the document of an iframe. */
  openInner(document: Document, baseUrl: string): void {
    this.#modes.delete(document);
    this.#open(document);
    this.#bases.set(document, baseElement(document, baseUrl));
  }

  doctype(document: Document, mode: DocumentMode): void {
    if (mode !== Mode.standards) this.#open(document, mode);
    this.#modes.add(document);
  }

  /** Nodes come into a document: one for which no doctype came first is in quirks mode. */
  beforeElement(document: Document): void {
    if (!this.#modes.has(document)) this.#open(document, Mode.quirks);
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
