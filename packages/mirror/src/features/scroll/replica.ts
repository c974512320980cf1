import { handledBy } from "../../core/codec/reader.ts";
import * as dom from "../../core/dom.ts";
import type { ReplicaFeature } from "../../core/replica-feature.ts";
import type { ReplicaNodes } from "../../core/tree/replica-nodes.ts";
import { type ScrollOperations, scrollReaders } from "./wire.ts";

/** Content that arrives late is waited for so long, in milliseconds, so that many loads are one layout. */
const LOADED_MS = 50;

/** A hidden desk gets no animation frames: positions are then set after so long. */
const HIDDEN_MS = 200;

/** Scrolls windows and elements to where the customer's stand. */
export class ScrollReplica implements ReplicaFeature, ScrollOperations {
  readonly handlers = handledBy<ScrollOperations>(this, scrollReaders);
  readonly #nodes: ReplicaNodes;
  /** Where each scroll container should stand; kept, because content may grow after it was set. */
  readonly #positions = new Map<number, { left: number; top: number }>();
  #waiting = false;
  #hidden: ReturnType<typeof setTimeout> | undefined;
  #loaded: ReturnType<typeof setTimeout> | undefined;
  #following: boolean;

  constructor(nodes: ReplicaNodes, following: boolean) {
    this.#nodes = nodes;
    this.#following = following;
  }

  /** Content that arrives late (pictures, stylesheets) moves what was scrolled. */
  loaded(): void {
    this.#loaded ??= setTimeout(() => {
      this.#loaded = undefined;
      this.restore();
    }, LOADED_MS);
  }

  scroll(id: number, left: number, top: number): void {
    this.#positions.delete(id);
    this.#positions.set(id, { left, top });
  }

  /** Soon, once for all frames until then: asking where things are forces a layout. */
  applied(): void {
    if (this.#positions.size === 0 || this.#waiting) return;
    this.#waiting = true;
    const restore = () => {
      clearTimeout(this.#hidden);
      if (this.#waiting) this.restore();
      this.#waiting = false;
    };
    requestAnimationFrame(restore);
    this.#hidden = setTimeout(restore, HIDDEN_MS);
  }

  /** Off: the agent looks round by itself, and where the customer scrolls is only remembered. */
  setFollowing(on: boolean): void {
    this.#following = on;
    this.restore();
  }

  /** Sets all positions again: something may have changed size after they were set. */
  restore(): void {
    if (!this.#following) return;
    for (const [id, { left, top }] of this.#positions) {
      const node = this.#nodes.get(id);
      if (node === undefined) this.#positions.delete(id);
      else if (dom.nodeType(node) === Node.DOCUMENT_NODE) {
        const view = dom.defaultView(node as Document);
        if (view && (dom.scrollX(view) !== left || dom.scrollY(view) !== top))
          dom.scrollWindowTo(view, { left, top });
      } else if (dom.nodeType(node) === Node.ELEMENT_NODE) {
        const element = node as Element;
        if (dom.scrollLeft(element) !== left) dom.setScrollLeft(element, left);
        if (dom.scrollTop(element) !== top) dom.setScrollTop(element, top);
      }
      // What stands unscrolled needs no watching.
      if (left === 0 && top === 0) this.#positions.delete(id);
    }
  }

  destroy(): void {
    this.#waiting = false;
    clearTimeout(this.#hidden);
    clearTimeout(this.#loaded);
  }
}
