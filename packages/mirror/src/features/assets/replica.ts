import { handledBy } from "../../core/codec/reader.ts";
import { joined } from "../../core/compress/alone.ts";
import * as dom from "../../core/dom.ts";
import type { LoadWatch } from "../../core/load-watch.ts";
import type { ReplicaFeature } from "../../core/replica-feature.ts";
import { UNLOADED } from "../../core/tree/elements.ts";
import type { ReplicaNodes } from "../../core/tree/replica-nodes.ts";
import type { AssetStore, Kept } from "./asset-store.ts";
import { Backgrounds } from "./backgrounds.ts";
import { Asset, type AssetOperations, assetReaders } from "./wire.ts";

/** What one file may grow to. */
const MOST_BYTES = 8 * 1024 * 1024;

/** What all files may come to of which not all has come. */
const MOST_PART_BYTES = 32 * 1024 * 1024;

const PART_STEPS = 20;

/** Requests of one burst go out together. */
const ASK_MS = 40;

export interface AssetsOptions {
  nodes: ReplicaNodes;
  store: AssetStore;
  send(wanted: { id: number; asset: Asset }[]): void;
  /** The sheet of our own rules in a document. */
  ownSheet(document: Document): CSSStyleSheet | undefined;
  /** Tells what loads and what does not. */
  watch: LoadWatch;
}

/** What the agent's browser could not load for itself is asked for and comes from the customer's. */
export class AssetsReplica implements ReplicaFeature, AssetOperations {
  readonly handlers = handledBy<AssetOperations>(this, assetReaders);
  readonly backgrounds: Backgrounds;
  readonly #nodes: ReplicaNodes;
  readonly #store: AssetStore;
  readonly #send: (wanted: { id: number; asset: Asset }[]) => void;
  readonly #wanted = new Map<string, { id: number; asset: Asset }>();
  readonly #asked = new Set<string>();
  /** Files of which not all has come. */
  readonly #parts = new Map<number, { parts: Uint8Array[]; length: number }>();
  #partBytes = 0;
  /** Object URLs by element, to be given back. */
  readonly #urls = new Map<Element, string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: AssetsOptions) {
    const { nodes, store, ownSheet, watch } = options;
    this.#nodes = nodes;
    this.#store = store;
    this.#send = options.send;
    this.backgrounds = new Backgrounds({ nodes, store, ask: this.ask, sheet: ownSheet, watch });
  }

  loaded(element: Element): void {
    if (/^(link|style)$/.test(dom.localName(element))) this.backgrounds.again();
  }

  element(element: Element): void {
    this.backgrounds.inspectSoon(element);
    if (dom.localName(element) === "use") this.#reference(element);
    this.#once(element);
  }

  attribute(element: Element, name: string): void {
    if (name === "src") this.#once(element);
    if (/^(class|style|id|poster)$/.test(name)) this.backgrounds.inspectSoon(element);
    if (dom.localName(element) === "use") this.#reference(element);
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

  /** Loading it would make the customer's void: it comes from there. */
  #once(element: Element): void {
    if (dom.localName(element) !== "img" || !dom.hasAttribute(element, UNLOADED)) return;
    const id = this.#nodes.idOf(element);
    if (id) this.ask(id, Asset.picture, true);
  }

  /** An icon in another file: browsers take those from their own origin only. */
  #reference(use: Element): void {
    const url = addressOf(use);
    if (url === "" || url.startsWith("blob:")) return;
    const kept = this.#store.get(url);
    if (kept) this.#show(use, kept);
    else this.#askFor(use);
  }

  asset(id: number, kind: Asset, type: string, last: boolean, bytes: Uint8Array): void {
    const file = this.#received(id, kind, type, last, bytes);
    if (file) this.backgrounds.receive(id, kind, file);
  }

  /** The file, once all of it is there. */
  #received(id: number, kind: Asset, type: string, last: boolean, bytes: Uint8Array): Kept | undefined {
    this.#nodes.bounds.work(PART_STEPS + bytes.length / 256);
    const file = this.#parts.get(id) ?? { parts: [], length: 0 };
    this.#parts.set(id, file);
    file.length += bytes.length;
    if (file.length <= MOST_BYTES && this.#partBytes + bytes.length <= MOST_PART_BYTES) {
      file.parts.push(new Uint8Array(bytes));
      this.#partBytes += bytes.length;
    } else file.length = Number.POSITIVE_INFINITY;
    const element = this.#nodes.element(id);
    if (!last) return undefined;
    this.#parts.delete(id);
    const { parts, length } = file;
    for (const part of parts) this.#partBytes -= part.length;
    if (element === undefined || length > MOST_BYTES || !/^image\/[\w.+-]+$/.test(type)) return undefined;
    const whole = { type, bytes: joined(parts, length) };
    if (kind === Asset.picture) {
      if (!dom.hasAttribute(element, UNLOADED)) this.#store.put(addressOf(element), whole);
      this.#show(element, whole);
    }
    return whole;
  }

  /** Lets go of what elements showed that are gone, and of what was asked for them. */
  removed(): void {
    for (const [element, url] of this.#urls) {
      if (this.#nodes.stands(element)) continue;
      URL.revokeObjectURL(url);
      this.#urls.delete(element);
    }
    for (const id of this.#parts.keys()) if (!this.#nodes.get(id)) this.#parts.delete(id);
    this.backgrounds.removed();
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.backgrounds.destroy();
    for (const url of this.#urls.values()) URL.revokeObjectURL(url);
  }

  failed(element: Element): void {
    const kept = this.#store.get(addressOf(element));
    const shown = this.#urls.get(element);
    if (shown && dom.getAttribute(element, "src") === shown) return;
    if (kept && !/^(?:link|style)$/.test(dom.localName(element))) this.#show(element, kept);
    else
      this.#askFor(dom.localName(element) === "source" ? (dom.parentElement(element) ?? element) : element);
  }

  #askFor(element: Element): void {
    const id = this.#nodes.idOf(element);
    if (id) this.ask(id, /^(?:link|style)$/.test(dom.localName(element)) ? Asset.sheet : Asset.picture);
  }

  #show(element: Element, { type, bytes }: Kept): void {
    const former = this.#urls.get(element);
    if (former) URL.revokeObjectURL(former);
    const url = URL.createObjectURL(new Blob([bytes], { type }));
    this.#urls.set(element, url);
    switch (dom.localName(element)) {
      case "use":
        dom.setAttribute(
          element,
          "href",
          url + (/#.*$/.exec(dom.getAttribute(element, "href") ?? "")?.[0] ?? ""),
        );
        break;
      case "image":
        dom.setAttribute(element, "href", url);
        break;
      default:
        // Other candidates would win over the one that is here now.
        dom.removeAttribute(element, "srcset");
        for (const source of sourcesOf(element)) dom.removeAttribute(source, "srcset");
        dom.setAttribute(element, "src", url);
    }
  }
}

/** What else a picture could be shown from. */
function sourcesOf(picture: Element): Iterable<Element> {
  const parent = dom.parentElement(picture);
  return parent && dom.localName(parent) === "picture" ? dom.querySelectorAll(parent, "source") : [];
}

/** The address an element shows something from, without what names a part of it. */
function addressOf(element: Element): string {
  if (dom.localName(element) === "img") {
    const currentSrc = dom.currentSrc(element as HTMLImageElement);
    const src = dom.src(element as HTMLImageElement);
    return currentSrc || src;
  }
  const value =
    dom.getAttribute(element, "src") ??
    dom.getAttribute(element, "href") ??
    dom.getAttribute(element, "xlink:href");
  if (!value || value.startsWith("#")) return "";
  try {
    return new URL(value, dom.baseURI(element)).href.replace(/#.*$/, "");
  } catch {
    return "";
  }
}
