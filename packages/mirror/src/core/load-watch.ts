import * as dom from "./dom.ts";

/**
 * Whether a document tells listeners of what happens in it. WebKit does not where no script may run, although the
 * listeners are those of the page outside.
 */
function isHeard(document: Document): boolean {
  let heard = false;
  const hear = () => {
    heard = true;
  };
  dom.addEventListener(document, "copane-heard", hear);
  dom.dispatchEvent(document, new Event("copane-heard"));
  dom.removeEventListener(document, "copane-heard", hear);
  return heard;
}

/** How often it is looked what has loaded where nothing tells of it, in milliseconds. */
const LOOK_MS = 250;

/** A sheet that is not there after so long has failed: nothing says that of a sheet. */
const SHEET_MS = 3_000;

/** Elements that are looked at; of a page with more, the others are not. */
const MOST = 10_000;

/** `HTMLMediaElement.NETWORK_NO_SOURCE`. */
const NO_SOURCE = 3;

interface Waiting {
  since: number;
  /** What is looked at in place of an element that does not say how it stands. */
  picture: HTMLImageElement | undefined;
  /** Undefined of elements: both are then told to the watch's owner. */
  done: ((fine: boolean) => void) | undefined;
}

/** Tells what elements of documents load, and what they fail to: by events, or where there are none by looking. */
export class LoadWatch {
  readonly #told: { loaded(element: Element): void; failed(element: Element): void };
  readonly #waiting = new Map<Element, Waiting>();
  readonly #silent = new WeakSet<Document>();
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(told: { loaded(element: Element): void; failed(element: Element): void }) {
    this.#told = told;
  }

  document(document: Document): void {
    if (isHeard(document)) this.root(document);
    else this.#silent.add(document);
  }

  /** Events of what loads do not leave the shadow root that it is in. */
  root(root: Document | ShadowRoot): void {
    if (this.#silent.has(dom.ownerDocument(root) as Document)) return;
    const on = (type: string, tell: (element: Element) => void) =>
      dom.addEventListener(root, type, ({ target }) => isElement(target) && tell(target), {
        capture: true,
      });
    on("load", (element) => this.#told.loaded(element));
    on("error", (element) => this.#told.failed(element));
  }

  /** An element is new, or may load something else. */
  element(element: Element): void {
    if (!this.#silent.has(dom.ownerDocument(element)) || !loads(element)) return;
    this.#wait(element, { since: performance.now(), picture: pictureOf(element), done: undefined });
  }

  /** Loads a picture that is nowhere to be seen, and tells whether it could. */
  probe(document: Document, url: string, asksLeave: boolean, done: (fine: boolean) => void): void {
    const picture = dom.createElement(document, "img");
    if (asksLeave) dom.setCrossOrigin(picture, "anonymous");
    if (this.#silent.has(document)) this.#wait(picture, { since: performance.now(), picture, done });
    else {
      dom.addEventListener(picture, "load", () => done(true));
      dom.addEventListener(picture, "error", () => done(false));
    }
    dom.setSrc(picture, url);
  }

  destroy(): void {
    clearInterval(this.#timer);
    this.#waiting.clear();
  }

  #wait(element: Element, waiting: Waiting): void {
    if (this.#waiting.size >= MOST) return;
    this.#waiting.set(element, waiting);
    this.#timer ??= setInterval(() => this.#look(), LOOK_MS);
  }

  #look(): void {
    for (const [element, { since, picture, done }] of this.#waiting) {
      if (!done && !dom.isConnected(element)) {
        this.#waiting.delete(element);
        continue;
      }
      const fine = picture ? pictureState(picture) : stateOf(element, performance.now() - since);
      if (fine === undefined) continue;
      this.#waiting.delete(element);
      if (done) done(fine);
      else if (fine) this.#told.loaded(element);
      else this.#told.failed(element);
    }
    if (this.#waiting.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

function isElement(target: EventTarget | null): target is Element {
  return target !== null && "nodeType" in target && dom.nodeType(target as Node) === Node.ELEMENT_NODE;
}

function loads(element: Element): boolean {
  return /^(img|input|image|link|style|video|audio)$/.test(dom.localName(element));
}

/** A picture of the address that an element names, for one that does not say what became of it. */
function pictureOf(element: Element): HTMLImageElement | undefined {
  const localName = dom.localName(element);
  if (localName !== "image" && !(localName === "input" && dom.getAttribute(element, "type") === "image"))
    return undefined;
  const address =
    dom.getAttribute(element, "src") ??
    dom.getAttribute(element, "href") ??
    dom.getAttribute(element, "xlink:href");
  const picture = dom.createElement(dom.ownerDocument(element), "img");
  if (address) dom.setSrc(picture, address);
  return picture;
}

/** Whether a picture has loaded; undefined while it loads. */
function pictureState(picture: HTMLImageElement): boolean | undefined {
  return dom.complete(picture) ? dom.naturalWidth(picture) > 0 : undefined;
}

function stateOf(element: Element, waitedMs: number): boolean | undefined {
  switch (dom.localName(element)) {
    case "img": {
      const picture = element as HTMLImageElement;
      return dom.getAttribute(picture, "src") || dom.currentSrc(picture) ? pictureState(picture) : undefined;
    }
    case "link":
      if (dom.sheet(element as HTMLLinkElement)) return true;
      return waitedMs < SHEET_MS ? undefined : false;
    case "style":
      // What it imports may have come by now.
      return waitedMs < SHEET_MS ? undefined : true;
    case "video":
    case "audio":
      if (!Number.isNaN(dom.duration(element))) return true;
      return dom.mediaError(element) || dom.networkState(element) === NO_SOURCE ? false : undefined;
    default:
      return true;
  }
}
