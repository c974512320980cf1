import * as dom from "../core/dom.ts";
import { rangeEnds } from "./aim.ts";
import { textsBetween } from "./geometry.ts";
import type { MarkedCapture } from "./types.ts";
import { blankMark, type Mark } from "./wire.ts";

/** The customer's selection is read this long after it changed, in milliseconds. */
const READ_MS = 100;

export interface SelectionOptions {
  window: Window;
  capture(): MarkedCapture | undefined;
  /** What is selected now, as `current` gives it. */
  onChange(selected: Mark | undefined): void;
}

/** What the customer has selected in the page, as far as agents may see it. */
export class CustomerSelection {
  readonly #options: SelectionOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SelectionOptions) {
    this.#options = options;
  }

  /** Reads the selection soon and gives it to `onChange`; calls until then are one. */
  read(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#options.onChange(this.current());
    }, READ_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** A mark of the readable text that is selected, without what is masked at its ends; undefined when there is none. */
  current(): Mark | undefined {
    const capture = this.#options.capture();
    const selection = dom.getWindowSelection(this.#options.window);
    if (!capture || !selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
    const ends = rangeEnds(selection.getRangeAt(0));
    if (!ends) return undefined;
    const readable = (text: Text) => capture.operableNode(capture.nearestId(text)) === text;
    const texts = textsBetween(ends[0].node, ends[1].node).filter(readable);
    const first = texts[0];
    const last = texts.at(-1);
    if (!first || !last) return undefined;
    return {
      ...blankMark,
      kind: "selection",
      color: 0,
      anchor: capture.nearestId(first),
      start: first === ends[0].node ? ends[0].offset : 0,
      endAnchor: capture.nearestId(last),
      end: last === ends[1].node ? ends[1].offset : dom.dataLength(last),
    };
  }
}
