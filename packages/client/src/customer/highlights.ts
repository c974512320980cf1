import type { Capture } from "@copane/mirror/capture";
import * as dom from "@copane/mirror/dom";
import { clickedId, encodeClick } from "@copane/mirror/marks";
import type { Marks } from "../marks.ts";

export interface HighlightOptions {
  marks: Marks;
  capture(): Capture | undefined;
  /** Sends a marks frame to all viewers. */
  send(payload: Uint8Array): void;
}

/**
 * Shows agents what the customer clicks, without the script for marks. The first selection of text calls for that
 * script: it alone knows how to say what is selected, and takes over from here.
 */
export class Highlights {
  readonly #options: HighlightOptions;

  constructor(options: HighlightOptions) {
    this.#options = options;
  }

  /** Follows what the customer does in a window. */
  watch(view: Window, signal: AbortSignal): void {
    for (const type of ["pointerdown", "pointerup", "keyup"])
      dom.addEventListener(view, type, this.#happened, { capture: true, passive: true, signal });
  }

  readonly #happened = (event: Event): void => {
    const { marks, send } = this.#options;
    const { enabled, elementHighlight, textHighlight } = marks.settings;
    const capture = this.#options.capture();
    if (marks.requested || !enabled || !event.isTrusted || !capture) return;
    if (event.type !== "pointerdown") {
      const selection = dom.getWindowSelection((event as UIEvent).view ?? window);
      if (textHighlight && selection?.isCollapsed === false) marks.load();
    } else if (elementHighlight) {
      const id = clickedId(capture, event.composedPath()[0] as Element);
      if (id) send(encodeClick(id));
    }
  };
}
