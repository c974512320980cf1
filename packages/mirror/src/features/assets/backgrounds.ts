import * as dom from "../../core/dom.ts";
import type { LoadWatch } from "../../core/load-watch.ts";
import type { ReplicaNodes } from "../../core/tree/replica-nodes.ts";
import type { AssetStore, Kept } from "./asset-store.ts";
import { Asset, backgroundPseudos, pictureProperties, pictureUrls } from "./wire.ts";

/** How long one turn may take, in milliseconds, and how far apart turns are at least. */
const TURN_MS = 4;
const EVERY_MS = 120;

/** Rules often change in bursts: all elements are looked at again when none changed for so long, in milliseconds. */
const SETTLE_MS = 300;

/** At most so many elements wait to be looked at. In a larger page the others are left out. */
const MOST_WAITING = 30_000;

/** At most so many addresses of one style are looked at. */
const MOST_URLS = 16;

/** Pictures of this property are loaded from another origin only if that origin allows it (CORS). */
const ASKS_LEAVE = "mask-image";

/** Says which of our rules gives an element its pictures. */
const BACKGROUND = "data-copane-background";

/**
 * Finds pictures in styles, and posters of videos, that the agent's browser cannot load. No event tells of them, and
 * often the rules cannot be read. So the computed styles of elements are read, a few in each turn. Each address is
 * tried once. A picture that fails is asked for from the customer, by the id of an element that shows it.
 */
export class Backgrounds {
  readonly #nodes: ReplicaNodes;
  readonly #store: AssetStore;
  readonly #ask: (id: number, asset: Asset) => void;
  readonly #sheet: (document: Document) => CSSStyleSheet | undefined;
  readonly #watch: LoadWatch;
  readonly #waiting = new Set<Element>();
  /** By address and by whether it was tried with CORS. */
  readonly #tried = new Map<string, "trying" | "fine" | "failed">();
  /** Elements that wait for a try, each with the part of it that shows the picture. */
  readonly #uses = new Map<string, Set<Element>[]>();
  /** What was asked for, by element and asset. */
  readonly #asked = new Map<string, { url: string; key: string }>();
  readonly #urls = new Map<string, string>();
  /** Addresses that came in place of others. */
  readonly #own = new Set<string>();
  /** Numbers of our rules by their text, for each document. */
  readonly #rules = new WeakMap<Document, Map<string, number>>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #all: ReturnType<typeof setTimeout> | undefined;

  constructor(options: {
    nodes: ReplicaNodes;
    store: AssetStore;
    ask(id: number, asset: Asset): void;
    /** The sheet of our own rules in a document. */
    sheet(document: Document): CSSStyleSheet | undefined;
    watch: LoadWatch;
  }) {
    this.#nodes = options.nodes;
    this.#store = options.store;
    this.#ask = options.ask;
    this.#sheet = options.sheet;
    this.#watch = options.watch;
  }

  /** An element is new, or its style may have changed. */
  inspectSoon(element: Element): void {
    if (this.#waiting.size >= MOST_WAITING) return;
    this.#waiting.add(element);
    this.#timer ??= setTimeout(() => this.#turn(), EVERY_MS);
  }

  /** Rules came or went: the style of every element may have changed. */
  again(): void {
    this.#all ??= setTimeout(() => {
      this.#all = undefined;
      for (const element of this.#nodes.elements()) this.inspectSoon(element);
    }, SETTLE_MS);
  }

  /** The customer's browser sent what was asked for. */
  receive(id: number, asset: Asset, file: Kept): void {
    const asked = this.#asked.get(`${id} ${asset}`);
    if (asked === undefined) return;
    this.#store.put(asked.url, file);
    this.#uses.get(asked.key)?.forEach((elements, pseudo) => {
      for (const element of elements) this.#apply(element, pseudo);
    });
    this.#uses.delete(asked.key);
  }

  /** Forgets elements that are gone. What only they asked for is tried again for the next element that shows it. */
  removed(): void {
    for (const key of this.#asked.keys())
      if (!this.#nodes.get(Number.parseInt(key, 10))) this.#asked.delete(key);
    const asked = new Set([...this.#asked.values()].map(({ key }) => key));
    for (const [key, uses] of this.#uses) {
      let left = 0;
      for (const elements of uses) {
        for (const element of elements ?? []) if (!this.#nodes.stands(element)) elements.delete(element);
        left += elements?.size ?? 0;
      }
      if (left === 0) this.#uses.delete(key);
      if (this.#tried.get(key) === "failed" && !asked.has(key)) this.#tried.delete(key);
    }
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
      if (dom.isConnected(element)) this.#inspect(element);
    }
    if (this.#waiting.size > 0) this.#timer = setTimeout(() => this.#turn(), EVERY_MS);
  }

  #inspect(element: Element): void {
    if (dom.localName(element) === "video") this.#poster(element as HTMLVideoElement);
    backgroundPseudos.forEach((_, pseudo) => {
      dom.removeAttribute(element, BACKGROUND + pseudo);
      let count = 0;
      let known = false;
      for (const { property, urls } of picturesOf(element, pseudo)) {
        for (const url of urls) {
          if (count === MOST_URLS) break;
          const asset = Asset.background + 3 * count++ + pseudo;
          if (this.#store.get(url)) known = true;
          else this.#need(url, element, pseudo, asset, property === ASKS_LEAVE);
        }
      }
      if (known) this.#apply(element, pseudo);
    });
  }

  #poster(video: HTMLVideoElement): void {
    const poster = dom.poster(video);
    if (this.#store.get(poster)) this.#apply(video, POSTER);
    else if (poster) this.#need(poster, video, POSTER, Asset.poster, false);
  }

  /** Tries an address once. All elements that use it get the picture that comes in its place. */
  #need(url: string, element: Element, pseudo: number, asset: Asset, asksLeave: boolean): void {
    const key = `${asksLeave} ${url}`;
    if (!/^(?:https?|blob):/.test(url) || this.#own.has(url) || this.#tried.get(key) === "fine") return;
    const uses = this.#uses.get(key) ?? [];
    this.#uses.set(key, uses);
    uses[pseudo] = (uses[pseudo] ?? new Set()).add(element);
    if (this.#tried.has(key)) return;
    this.#tried.set(key, "trying");
    this.#watch.probe(dom.ownerDocument(element), url, asksLeave, (fine) => {
      this.#tried.set(key, fine ? "fine" : "failed");
      if (fine) {
        this.#uses.delete(key);
        return;
      }
      const id = this.#nodes.idOf(element);
      if (!id) return;
      this.#asked.set(`${id} ${asset}`, { url, key });
      this.#ask(id, asset);
    });
  }

  /** Puts the pictures that came in place of an element's addresses. */
  #apply(element: Element, pseudo: number): void {
    if (!dom.isConnected(element)) return;
    if (pseudo === POSTER) {
      const url = this.#urlOf(dom.poster(element));
      if (url) dom.setAttribute(element, "poster", url);
      return;
    }
    const document = dom.ownerDocument(element);
    const sheet = this.#sheet(document);
    if (!sheet) return;
    dom.removeAttribute(element, BACKGROUND + pseudo);
    const declarations = picturesOf(element, pseudo)
      .filter(({ urls }) => urls.some((url) => this.#store.get(url)))
      .map(({ property, value, urls }) => `${property}: ${this.#withOwn(value, urls)} !important;`)
      .join(" ");
    if (!declarations) return;
    const rules = this.#rules.get(document) ?? new Map<string, number>();
    this.#rules.set(document, rules);
    const key = `${pseudo} ${declarations}`;
    let number = rules.get(key);
    if (number === undefined) {
      number = rules.size;
      rules.set(key, number);
      const selector = `[${BACKGROUND}${pseudo}="${number}"]${backgroundPseudos[pseudo]}`;
      sheet.insertRule(`${selector} { ${declarations} }`, sheet.cssRules.length);
    }
    dom.setAttribute(element, BACKGROUND + pseudo, String(number));
  }

  /** The value with the pictures that came in place of its addresses. */
  #withOwn(value: string, urls: readonly string[]): string {
    let made = value;
    for (const url of urls) {
      const own = this.#urlOf(url);
      if (own) made = made.replace(`url("${url.replace(/["\\]/g, "\\$&")}")`, `url("${own}")`);
    }
    return made;
  }

  #urlOf(address: string): string | undefined {
    const kept = this.#store.get(address);
    if (!kept) return undefined;
    let url = this.#urls.get(address);
    if (url === undefined) {
      url = URL.createObjectURL(new Blob([kept.bytes], { type: kept.type }));
      this.#urls.set(address, url);
      this.#own.add(url);
    }
    return url;
  }
}

/** Stands for a video's poster where a pseudo-element's number is expected. */
const POSTER = backgroundPseudos.length;

/** The parts of an element's style that name pictures. */
function picturesOf(element: Element, pseudo: number): { property: string; value: string; urls: string[] }[] {
  const view = dom.viewOf(element);
  const style = view && dom.getComputedStyle(view, element, backgroundPseudos[pseudo]);
  return pictureProperties.flatMap((property) => {
    const value = style?.getPropertyValue(property) ?? "";
    const urls = value.includes("url(") ? pictureUrls(value) : [];
    return urls.length > 0 ? [{ property, value, urls }] : [];
  });
}
