import * as dom from "../core/dom.ts";
import { anchorAt, isWhole, type TextPlace, textAt, textRange } from "./aim.ts";
import type { Point } from "./geometry.ts";
import type { MarkSink } from "./pad.ts";
import type { MarkPage } from "./types.ts";
import { blankMark, ELEMENT_KEY, type Mark, SELECTION_KEY } from "./wire.ts";

/** Selections are sent at most this often, in milliseconds. */
const SEND_MS = 80;

/** A press that moves less is a click, in CSS pixels. */
const CLICK_PX = 4;

/** What a pointed-at element stays highlighted for, in milliseconds. */
const ELEMENT_MS = 8_000;

/** What presses over the replica mean; undefined = nothing. */
export interface Pressing {
  /** A drag over text: a selection, or marked text that stays. */
  text: Pick<Mark, "kind" | "color"> | undefined;
  /** A click on an element. */
  element: Pick<Mark, "color"> | undefined;
}

export interface HighlighterOptions {
  surface: HTMLElement;
  sink: MarkSink;
  page(): MarkPage | undefined;
  toPage(clientX: number, clientY: number): Point;
  nextKey(): number;
  pressing(): Pressing;
}

/** Presses of an agent who is not in control: a click points at an element, a drag selects text. */
export class Highlighter {
  readonly #options: HighlighterOptions;
  readonly #abort = new AbortController();
  #from: { at: Point; place: TextPlace | undefined } | undefined;
  #mark: Mark | undefined;
  #pointed = { id: 0, until: 0 };
  #sendTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: HighlighterOptions) {
    this.#options = options;
    const { signal } = this.#abort;
    const on = (type: "pointerdown" | "pointermove" | "pointerup", run: (event: PointerEvent) => void) =>
      dom.addEventListener(options.surface, type, run, { signal });
    on("pointerdown", (event) => this.#down(event));
    on("pointermove", (event) => this.#move(event));
    on("pointerup", (event) => this.#up(event));
  }

  destroy(): void {
    this.#abort.abort();
    clearTimeout(this.#sendTimer);
  }

  #down(event: PointerEvent): void {
    const { page, toPage, pressing, sink, nextKey } = this.#options;
    const { text, element } = pressing();
    const here = page();
    if (event.button !== 0 || !here || !(text || element)) return;
    const at = toPage(event.clientX, event.clientY);
    this.#from = { at, place: text && textAt(here, at) };
    this.#mark = text && { ...blankMark, ...text, key: text.kind === "marker" ? nextKey() : SELECTION_KEY };
    if (text?.kind === "selection") sink.remove(SELECTION_KEY);
    dom.setPointerCapture(this.#options.surface, event.pointerId);
  }

  #move(event: PointerEvent): void {
    const page = this.#options.page();
    const start = this.#from?.place;
    if (!page || !start || !this.#mark) return;
    const end = textAt(page, this.#options.toPage(event.clientX, event.clientY));
    const range = end && textRange(start, end);
    if (!range) return;
    const [first, last] = range;
    this.#mark = {
      ...this.#mark,
      anchor: page.nearestId(first.node),
      start: first.offset,
      endAnchor: page.nearestId(last.node),
      end: last.offset,
    };
    this.#sendTimer ??= setTimeout(() => this.#send(), SEND_MS);
  }

  #up(event: PointerEvent): void {
    const from = this.#from;
    this.#from = undefined;
    if (!from) return;
    this.#send();
    const at = this.#options.toPage(event.clientX, event.clientY);
    if (Math.hypot(at.x - from.at.x, at.y - from.at.y) < CLICK_PX) this.#point(at);
  }

  #send(): void {
    clearTimeout(this.#sendTimer);
    this.#sendTimer = undefined;
    if (this.#mark?.anchor) this.#options.sink.put(this.#mark);
  }

  /** A second click on the same element lets go of it. */
  #point(at: Point): void {
    const { page, pressing, sink } = this.#options;
    const here = page();
    const { element } = pressing();
    const anchor = here && element && anchorAt(here, at);
    if (!anchor || isWhole(anchor.element)) return;
    const now = performance.now();
    if (this.#pointed.id === anchor.id && now < this.#pointed.until) {
      this.#pointed = { id: 0, until: 0 };
      sink.remove(ELEMENT_KEY);
      return;
    }
    this.#pointed = { id: anchor.id, until: now + ELEMENT_MS };
    sink.put({
      ...blankMark,
      ...element,
      kind: "element",
      key: ELEMENT_KEY,
      anchor: anchor.id,
      fadeMs: ELEMENT_MS,
    });
  }
}
