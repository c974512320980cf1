import { Asset } from "../../core/codec/types.ts";
import { joined } from "../../core/deflate.ts";
import type { ReplicaNodes } from "../../core/tree/replica-nodes.ts";

/** Files kept for the pages to come, in bytes; the oldest go first. */
const MOST_KEPT_BYTES = 32 * 1024 * 1024;

/** What one file may grow to. */
const MOST_BYTES = 8 * 1024 * 1024;

/** Requests of one burst go out together. */
const ASK_MS = 40;

export interface Kept {
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Files that came from the customer's browser, by the address the page has for them; outlives a page. */
export class AssetStore {
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;

  get(url: string): Kept | undefined {
    return this.#kept.get(url);
  }

  put(url: string, file: Kept): void {
    if (this.#kept.has(url)) return;
    this.#kept.set(url, file);
    this.#bytes += file.bytes.length;
    for (const [oldest, { bytes }] of this.#kept) {
      if (this.#bytes <= MOST_KEPT_BYTES) break;
      this.#kept.delete(oldest);
      this.#bytes -= bytes.length;
    }
  }
}

/** What the agent's browser could not load for itself is asked for and comes from the customer's. */
export class ReplicaAssets {
  readonly #nodes: ReplicaNodes;
  readonly #store: AssetStore;
  readonly #send: (wanted: { id: number; asset: Asset }[]) => void;
  readonly #wanted = new Map<string, { id: number; asset: Asset }>();
  readonly #asked = new Set<string>();
  readonly #parts = new Map<number, Uint8Array[]>();
  /** Object URLs by element, to be given back. */
  readonly #urls = new Map<Element, string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    nodes: ReplicaNodes,
    store: AssetStore,
    send: (wanted: { id: number; asset: Asset }[]) => void,
  ) {
    this.#nodes = nodes;
    this.#store = store;
    this.#send = send;
  }

  /** Looks out for what fails to load in a document. */
  listen(document: Document): void {
    document.addEventListener("error", (event) => this.#failed(event.target as Element), { capture: true });
  }

  /** Each element's file is asked for once for each address; `again` where the first answer said to. */
  readonly ask = (id: number, asset: Asset, again = false): void => {
    const element = this.#nodes.element(id);
    const key = `${id} ${asset} ${element ? addressOf(element) : ""}`;
    if (this.#asked.has(key) && !again) return;
    this.#asked.add(key);
    this.#wanted.set(key, { id, asset });
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#send([...this.#wanted.values()]);
      this.#wanted.clear();
    }, ASK_MS);
  };

  /** An icon in another file: browsers take those from their own origin only. */
  reference(use: Element): void {
    const url = addressOf(use);
    if (url === "" || url.startsWith("blob:")) return;
    const kept = this.#store.get(url);
    if (kept) this.#show(use, kept);
    else this.#askFor(use);
  }

  /** Gives the file once all of it is there. */
  receive(id: number, kind: Asset, type: string, last: boolean, bytes: Uint8Array): Kept | undefined {
    const parts = this.#parts.get(id) ?? [];
    parts.push(new Uint8Array(bytes));
    this.#parts.set(id, parts);
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    if (length > MOST_BYTES) this.#parts.set(id, []);
    const element = this.#nodes.element(id);
    if (!last) return undefined;
    this.#parts.delete(id);
    if (element === undefined || length > MOST_BYTES || !/^image\/[\w.+-]+$/.test(type)) return undefined;
    const file = { type, bytes: joined(parts, length) };
    if (kind !== Asset.picture) return file;
    this.#store.put(addressOf(element), file);
    this.#show(element, file);
    return file;
  }

  destroy(): void {
    clearTimeout(this.#timer);
    for (const url of this.#urls.values()) URL.revokeObjectURL(url);
  }

  #failed(element: Element): void {
    if (element.nodeType !== Node.ELEMENT_NODE) return;
    const kept = this.#store.get(addressOf(element));
    const shown = this.#urls.get(element);
    if (shown && element.getAttribute("src") === shown) return;
    if (kept && element.localName !== "link") this.#show(element, kept);
    else this.#askFor(element.localName === "source" ? (element.parentElement ?? element) : element);
  }

  #askFor(element: Element): void {
    const id = this.#nodes.idOf(element);
    if (id) this.ask(id, element.localName === "link" ? Asset.sheet : Asset.picture);
  }

  #show(element: Element, { type, bytes }: Kept): void {
    const former = this.#urls.get(element);
    if (former) URL.revokeObjectURL(former);
    const url = URL.createObjectURL(new Blob([bytes], { type }));
    this.#urls.set(element, url);
    switch (element.localName) {
      case "use":
        element.setAttribute("href", url + (/#.*$/.exec(element.getAttribute("href") ?? "")?.[0] ?? ""));
        break;
      case "image":
        element.setAttribute("href", url);
        break;
      default:
        // Other candidates would win over the one that is here now.
        element.removeAttribute("srcset");
        if (element.parentElement?.localName === "picture")
          for (const source of element.parentElement.querySelectorAll("source"))
            source.removeAttribute("srcset");
        element.setAttribute("src", url);
    }
  }
}

/** The address an element shows something from, without what names a part of it. */
function addressOf(element: Element): string {
  if (element.localName === "img") {
    const { currentSrc, src } = element as HTMLImageElement;
    return currentSrc || src;
  }
  const value =
    element.getAttribute("src") ?? element.getAttribute("href") ?? element.getAttribute("xlink:href");
  if (!value || value.startsWith("#")) return "";
  try {
    return new URL(value, element.baseURI).href.replace(/#.*$/, "");
  } catch {
    return "";
  }
}
