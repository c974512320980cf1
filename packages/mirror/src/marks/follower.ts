import * as dom from "../core/dom.ts";

/** What can move an element without the DOM changing. */
const movers = [
  "scroll",
  "load",
  "toggle",
  "input",
  "transitionstart",
  "animationstart",
  "fullscreenchange",
] as const;

/** Frames without any movement after which nothing is looked at any more. */
const STILL_FRAMES = 12;

export interface FollowerOptions {
  /** Puts everything in its place; returns whether something moved. `structural`: the DOM changed. */
  settle(structural: boolean): boolean;
}

/**
 * Tells when what marks hang on may have moved: on scroll, resize and mutation, and from then on with each
 * frame until nothing moves any more (transitions, smooth scrolling). Costs nothing while the page is still.
 */
export class Follower {
  readonly #options: FollowerOptions;
  readonly #observer: MutationObserver;
  /** Text that gets another font or grows while it is typed moves what comes after it. */
  readonly #sizes = new ResizeObserver(() => this.soon());
  #abort: AbortController | undefined;
  #watched = new WeakSet<Node>();
  #window: Window | undefined;
  #frame = 0;
  #still = 0;
  #structural = true;

  constructor(options: FollowerOptions) {
    this.#options = options;
    this.#observer = new MutationObserver(() => {
      this.#structural = true;
      this.soon();
    });
  }

  /** Begins to follow a window; one that was followed before is left. Idempotent. */
  start(window: Window): void {
    if (this.#window === window) return;
    this.stop();
    this.#window = window;
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    dom.addEventListener(window, "resize", () => this.soon(), { signal, passive: true });
    const { document } = window;
    for (const whole of [dom.documentElement(document), dom.body(document)])
      if (whole) this.#sizes.observe(whole);
    dom.fonts(document)?.addEventListener("loadingdone", () => this.soon(), { signal });
    this.#watchRoot(document);
  }

  /** Follows the shadow roots and frames that a node stands in, too. */
  watch(node: Node): void {
    for (let up: Node | null = node; up !== null; ) {
      const root: Node = dom.getRootNode(up);
      this.#watchRoot(root);
      const view = dom.nodeType(root) === Node.DOCUMENT_NODE ? dom.defaultView(root as Document) : null;
      up = dom.host(root as ShadowRoot) ?? (view && view !== this.#window ? dom.frameElement(view) : null);
    }
  }

  /** Something may have moved. */
  soon(): void {
    this.#still = 0;
    if (this.#frame === 0 && this.#window) this.#frame = requestAnimationFrame(() => this.#settle());
  }

  /** What marks hang on has changed: look at the structure again. */
  renew(): void {
    this.#structural = true;
    this.soon();
  }

  stop(): void {
    this.#window = undefined;
    this.#abort?.abort();
    this.#observer.disconnect();
    this.#sizes.disconnect();
    this.#watched = new WeakSet();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  #settle(): void {
    this.#frame = 0;
    const structural = this.#structural;
    this.#structural = false;
    if (this.#options.settle(structural)) this.#still = 0;
    else if (++this.#still > STILL_FRAMES) return;
    if (this.#window) this.#frame = requestAnimationFrame(() => this.#settle());
  }

  #watchRoot(root: Node): void {
    const signal = this.#abort?.signal;
    if (!signal || this.#watched.has(root)) return;
    this.#watched.add(root);
    for (const type of movers) {
      dom.addEventListener(root, type, () => this.soon(), { capture: true, passive: true, signal });
    }
    this.#observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
  }
}
