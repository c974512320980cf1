import * as dom from "../core/dom.ts";
import type { Stage } from "./stage.ts";
import { elementAt, scrollTarget } from "./target.ts";

/** Pixels in a line, for mice that turn in lines. */
const LINE_PX = 20;

/**
 * The agent's own eyes: while it does not follow the customer's scrolling the wheel moves its picture, and
 * while nothing else takes the wheel it moves a picture that is larger than its place. The customer sees
 * none of it.
 */
export class Looking {
  readonly #stage: Stage;
  readonly #operates: () => boolean;
  readonly #abort = new AbortController();
  #following = true;
  /** What this agent scrolled: the customer's place for it may be its beginning, which nobody tells. */
  readonly #scrolled = new Set<Element>();

  constructor(stage: Stage, operates: () => boolean) {
    this.#stage = stage;
    this.#operates = operates;
    // Before the surface: what is looked at by this wheel must not scroll the customer's page as well.
    dom.addEventListener(stage.device, "wheel", (event) => this.#wheel(event), {
      capture: true,
      passive: false,
      signal: this.#abort.signal,
    });
  }

  get following(): boolean {
    return this.#following;
  }

  setFollowing(on: boolean): void {
    if (on && !this.#following) {
      const document = dom.contentDocument(this.#stage.frame);
      const whole = document && dom.scrollingElement(document);
      if (whole) this.#scrolled.add(whole);
      for (const element of this.#scrolled) dom.scrollTo(element, { left: 0, top: 0, behavior: "instant" });
      this.#scrolled.clear();
    }
    this.#following = on;
  }

  destroy(): void {
    this.#abort.abort();
  }

  #wheel(event: WheelEvent): void {
    // The browser's own zoom gesture.
    if (event.ctrlKey) return;
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1;
    const left = (event.shiftKey ? event.deltaY : event.deltaX) * unit;
    const top = (event.shiftKey ? 0 : event.deltaY) * unit;
    if (this.#following) {
      if (!this.#operates()) this.#stage.pan(left, top);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const document = dom.contentDocument(this.#stage.frame);
    const point = this.#stage.toViewport(event.clientX, event.clientY);
    const element = document && elementAt(document, point.x, point.y);
    const target = element && scrollTarget(element, left, top);
    if (!target) return;
    this.#scrolled.add(target);
    dom.scrollBy(target, { left, top, behavior: "instant" });
  }
}
