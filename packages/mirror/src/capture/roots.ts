import * as dom from "../core/dom.ts";
import { Hooks } from "../core/hooks.ts";
import { type Heard, installHooks } from "./install-hooks.ts";

export interface RootsOptions {
  window: Window & typeof globalThis;
  /** Records of mutations, in order. */
  mutated(records: MutationRecord[]): void;
  /** Adds the listeners of all features. */
  listen(root: Document | ShadowRoot): void;
  /** Aborted at the end. */
  signal: AbortSignal;
  heard: Heard;
  /** A window that is followed, once each. */
  onWindow: ((view: Window & typeof globalThis, signal: AbortSignal) => void) | undefined;
  onError(error: unknown): void;
}

/** The documents and shadow roots that are followed: their mutations, their events, the hooks in their windows. */
export class Roots {
  readonly #options: RootsOptions;
  readonly #hooks: Hooks;
  /** Prototypes, each of one window: an iframe that loads another page keeps its `Window` by name only. */
  readonly #hooked = new WeakSet<Element>();
  readonly #observer: MutationObserver;
  /** The root element that listeners were last set for: `document.open()` erases them all. */
  #listenedFor: Element | null = null;

  constructor(options: RootsOptions) {
    this.#options = options;
    this.#hooks = new Hooks(options.onError);
    this.#observer = new options.window.MutationObserver((records) => options.mutated(records));
  }

  /** Follows a document or shadow root, and hooks into a new window. */
  follow(root: Document | ShadowRoot): void {
    this.#observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
    this.#listen(root);
    const view = dom.defaultView(root as Document);
    if (!view || this.#hooked.has(view.Element.prototype)) return;
    this.#hooked.add(view.Element.prototype);
    this.#options.onWindow?.(view, this.#options.signal);
    installHooks(this.#hooks, view, this.#options.heard);
  }

  /** Mutations that are not reported yet. */
  takeRecords(): MutationRecord[] {
    return this.#observer.takeRecords();
  }

  /** Listens again in a document that has lost its listeners. */
  poll(): void {
    const { document } = this.#options.window;
    if (dom.documentElement(document) !== this.#listenedFor) this.#listen(document);
  }

  stop(): void {
    this.#observer.disconnect();
    this.#hooks.restore();
  }

  #listen(root: Document | ShadowRoot): void {
    this.#options.listen(root);
    const { document } = this.#options.window;
    if (root === document) this.#listenedFor = dom.documentElement(document);
  }
}
