import { Asset, backgroundPseudos, backgroundUrls } from "@copane/protocol";
import type { AssetStore, Kept } from "./assets.ts";
import type { ReplicaNodes } from "./nodes.ts";

/** How long one turn may take, in milliseconds, and how far apart turns are at least. */
const TURN_MS = 4;
const EVERY_MS = 120;

/** A burst of changed rules is over after so long. */
const SETTLE_MS = 300;

/** Elements that wait to be looked at; of a page with more, the others are not. */
const MOST_WAITING = 30_000;

/** Addresses of one background that are looked at. */
const MOST_LAYERS = 16;

/** Says which of our rules gives an element its background. */
const BACKGROUND = "data-copane-background";

/**
 * Pictures behind elements, and posters of videos, that the agent's browser cannot load: no event tells of those, and
 * the rules they stand in can often not be read. So what elements come to is looked at, bit by bit, each address is
 * tried once, and what fails is asked for by an element that shows it.
 */
export class ReplicaBackgrounds {
  readonly #nodes: ReplicaNodes;
  readonly #store: AssetStore;
  readonly #ask: (id: number, asset: Asset) => void;
  readonly #sheet: (document: Document) => CSSStyleSheet | undefined;
  readonly #waiting = new Set<Element>();
  readonly #tried = new Map<string, "trying" | "fine" | "failed">();
  /** Elements that show an address, each by what of theirs shows it. */
  readonly #uses = new Map<string, Set<Element>[]>();
  /** Addresses that were asked for, by element and asset. */
  readonly #asked = new Map<string, string>();
  readonly #urls = new Map<string, string>();
  /** Numbers of our rules, by what they say, for each document. */
  readonly #rules = new WeakMap<Document, Map<string, number>>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #all: ReturnType<typeof setTimeout> | undefined;

  constructor(options: {
    nodes: ReplicaNodes;
    store: AssetStore;
    ask(id: number, asset: Asset): void;
    /** The sheet of our own rules in a document. */
    sheet(document: Document): CSSStyleSheet | undefined;
  }) {
    this.#nodes = options.nodes;
    this.#store = options.store;
    this.#ask = options.ask;
    this.#sheet = options.sheet;
  }

  /** An element is new, or may look otherwise. */
  look(element: Element): void {
    if (this.#waiting.size >= MOST_WAITING) return;
    this.#waiting.add(element);
    this.#timer ??= setTimeout(() => this.#turn(), EVERY_MS);
  }

  /** Rules came or went: every element may look otherwise. */
  again(): void {
    this.#all ??= setTimeout(() => {
      this.#all = undefined;
      for (const element of this.#nodes.elements()) this.look(element);
    }, SETTLE_MS);
  }

  /** The customer's browser sent what was asked for. */
  receive(id: number, asset: Asset, file: Kept): void {
    const url = this.#asked.get(`${id} ${asset}`);
    if (url === undefined) return;
    this.#store.put(url, file);
    this.#uses.get(url)?.forEach((elements, pseudo) => {
      for (const element of elements) this.#apply(element, pseudo);
    });
    this.#uses.delete(url);
  }

  destroy(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#all);
    for (const url of this.#urls.values()) URL.revokeObjectURL(url);
  }

  #turn(): void {
    this.#timer = undefined;
    const until = performance.now() + TURN_MS;
    for (const element of this.#waiting) {
      if (performance.now() >= until) break;
      this.#waiting.delete(element);
      if (element.isConnected) this.#inspect(element);
    }
    if (this.#waiting.size > 0) this.#timer = setTimeout(() => this.#turn(), EVERY_MS);
  }

  #inspect(element: Element): void {
    if (element.localName === "video") this.#poster(element as HTMLVideoElement);
    backgroundPseudos.forEach((_, pseudo) => {
      element.removeAttribute(BACKGROUND + pseudo);
      const urls = backgroundUrls(background(element, pseudo)).slice(0, MOST_LAYERS);
      if (urls.some((url) => this.#store.get(url))) this.#apply(element, pseudo);
      urls.forEach((url, layer) => {
        this.#need(url, element, pseudo, Asset.background + 3 * layer + pseudo);
      });
    });
  }

  #poster(video: HTMLVideoElement): void {
    const { poster } = video;
    if (this.#store.get(poster)) this.#apply(video, POSTER);
    else if (poster) this.#need(poster, video, POSTER, Asset.poster);
  }

  /** Tries an address once; all that use it get what comes in its place. */
  #need(url: string, element: Element, pseudo: number, asset: Asset): void {
    if (!/^https?:/.test(url) || this.#store.get(url) || this.#tried.get(url) === "fine") return;
    const uses = this.#uses.get(url) ?? [];
    this.#uses.set(url, uses);
    uses[pseudo] = (uses[pseudo] ?? new Set()).add(element);
    if (this.#tried.has(url)) return;
    this.#tried.set(url, "trying");
    const picture = element.ownerDocument.createElement("img");
    picture.addEventListener("load", () => {
      this.#tried.set(url, "fine");
      this.#uses.delete(url);
    });
    picture.addEventListener("error", () => {
      this.#tried.set(url, "failed");
      const id = this.#nodes.idOf(element);
      if (!id) return;
      this.#asked.set(`${id} ${asset}`, url);
      this.#ask(id, asset);
    });
    picture.src = url;
  }

  /** Shows in place of an element's addresses what came for them. */
  #apply(element: Element, pseudo: number): void {
    if (!element.isConnected) return;
    if (pseudo === POSTER) {
      const url = this.#urlOf((element as HTMLVideoElement).poster);
      if (url) element.setAttribute("poster", url);
      return;
    }
    const document = element.ownerDocument;
    const sheet = this.#sheet(document);
    if (!sheet) return;
    element.removeAttribute(BACKGROUND + pseudo);
    let value = background(element, pseudo);
    for (const url of backgroundUrls(value)) {
      const own = this.#urlOf(url);
      if (own) value = value.replace(`url("${url.replace(/["\\]/g, "\\$&")}")`, `url("${own}")`);
    }
    const rules = this.#rules.get(document) ?? new Map<string, number>();
    this.#rules.set(document, rules);
    const key = `${pseudo} ${value}`;
    let number = rules.get(key);
    if (number === undefined) {
      number = rules.size;
      rules.set(key, number);
      const selector = `[${BACKGROUND}${pseudo}="${number}"]${backgroundPseudos[pseudo]}`;
      sheet.insertRule(`${selector} { background-image: ${value} !important; }`, sheet.cssRules.length);
    }
    element.setAttribute(BACKGROUND + pseudo, String(number));
  }

  #urlOf(address: string): string | undefined {
    const kept = this.#store.get(address);
    if (!kept) return undefined;
    let url = this.#urls.get(address);
    if (url === undefined) {
      url = URL.createObjectURL(new Blob([kept.bytes], { type: kept.type }));
      this.#urls.set(address, url);
    }
    return url;
  }
}

/** In place of a pseudo-element's number: a video's poster. */
const POSTER = backgroundPseudos.length;

function background(element: Element, pseudo: number): string {
  const view = element.ownerDocument.defaultView;
  return view?.getComputedStyle(element, backgroundPseudos[pseudo] || null).backgroundImage ?? "";
}
