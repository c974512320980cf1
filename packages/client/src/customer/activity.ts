import * as dom from "@copane/mirror/dom";

/** Real input of the customer is told at most this often, in milliseconds. */
const ACTIVITY_MS = 10_000;

/** Tells the server that the customer does something: an idle session ends. */
export class Activity {
  readonly #tell: () => void;
  #toldAt = 0;

  constructor(tell: () => void) {
    this.#tell = tell;
  }

  /** Follows what the customer does in a window. */
  watch(view: Window, signal: AbortSignal): void {
    for (const type of ["pointerdown", "keydown", "wheel", "touchstart"])
      dom.addEventListener(view, type, this.#happened, { capture: true, passive: true, signal });
  }

  readonly #happened = ({ isTrusted }: Event): void => {
    const now = Date.now();
    // What the agent does here is not the customer's activity.
    if (!isTrusted || now - this.#toldAt < ACTIVITY_MS) return;
    this.#toldAt = now;
    this.#tell();
  };
}
