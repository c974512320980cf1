import * as dom from "../core/dom.ts";
import { type Anchor, anchorAt, reanchored, unitsOf } from "./aim.ts";
import { boxOf, type Point } from "./geometry.ts";
import { NoteField } from "./note-field.ts";
import { isPath } from "./store.ts";
import type { MarkLabels, MarkPage } from "./types.ts";
import { blankMark, type Mark, markLimits } from "./wire.ts";

/** Points of a stroke are sent at most this often, in milliseconds. */
const SEND_MS = 40;

/** Steps shorter than this are left out, in CSS pixels. */
const STEP_PX = 2;

/** A shape smaller than this in both directions was no more than a click. */
const LEAST_PX = 4;

/** How far an arrow key moves the crosshair; with Shift a tenth of it. */
const KEY_PX = 20;

/** Where strokes go. */
export interface MarkSink {
  put(mark: Mark): void;
  extend(key: number, points: readonly number[]): void;
  remove(key: number): void;
}

export type Brush = Pick<Mark, "kind" | "color" | "width" | "fadeMs">;

export interface PadOptions {
  layer: HTMLElement;
  sink: MarkSink;
  page(): MarkPage | undefined;
  /** A point of this window in the page's viewport. */
  toPage(clientX: number, clientY: number): Point;
  nextKey(): number;
  onLeave(): void;
}

interface Stroke {
  mark: Mark;
  anchor: Anchor;
  path: Point[];
  unsent: number;
}

/**
 * The surface on which a person draws, by pointer or by keyboard (arrow keys move a crosshair, Space or Enter
 * begins and ends). While it is there, nothing under it is operated.
 */
export class Pad {
  readonly #options: PadOptions;
  readonly #surface: HTMLElement;
  readonly #crosshair: HTMLElement;
  #brush: Brush | undefined;
  #note = "";
  #stroke: Stroke | undefined;
  #sendTimer: ReturnType<typeof setTimeout> | undefined;
  #noteField: NoteField | undefined;
  #key: Point | undefined;

  constructor(options: PadOptions) {
    this.#options = options;
    this.#surface = part("div", {
      inset: "0",
      cursor: "crosshair",
      touchAction: "none",
      pointerEvents: "auto",
    });
    dom.setClassName(this.#surface, "copane-pad");
    dom.setTabIndex(this.#surface, 0);
    dom.setAttribute(this.#surface, "role", "application");
    this.#crosshair = part("div", {
      width: "17px",
      height: "17px",
      margin: "-8px",
      display: "none",
      pointerEvents: "none",
      borderRadius: "50%",
      border: "2px solid #fff",
      outline: "2px solid #000",
    });
    dom.append(this.#surface, this.#crosshair);
    this.#listen();
  }

  /** Draws with this brush from now on; without one the pad goes. */
  use(brush: Brush | undefined, labels: MarkLabels): void {
    const came = brush !== undefined && this.#brush === undefined;
    // A note that is being written is kept with the brush that wrote it.
    if (brush === undefined) this.#noteField?.close(true);
    this.#brush = brush;
    this.#note = labels.note;
    dom.setAttribute(this.#surface, "aria-label", labels.pad);
    if (brush === undefined) {
      this.#cancel();
      this.#key = undefined;
      dom.style(this.#crosshair).display = "none";
      dom.remove(this.#surface);
    } else if (came) {
      dom.append(this.#options.layer, this.#surface);
      dom.focus(this.#surface, { preventScroll: true });
    }
  }

  destroy(): void {
    this.#cancel();
    dom.remove(this.#surface);
  }

  #listen(): void {
    const on = <K extends keyof HTMLElementEventMap>(type: K, run: (event: HTMLElementEventMap[K]) => void) =>
      dom.addEventListener(this.#surface, type, run);
    on("pointerdown", (event) => {
      event.stopPropagation();
      if (event.button !== 0 || event.target !== this.#surface) return;
      event.preventDefault();
      this.#noteField?.close(true);
      dom.focus(this.#surface, { preventScroll: true });
      dom.setPointerCapture(this.#surface, event.pointerId);
      this.#begin(this.#options.toPage(event.clientX, event.clientY));
    });
    // The mouse event after it would take the focus from a note's field.
    on("mousedown", (event) => {
      if (event.target === this.#surface) event.preventDefault();
    });
    on("pointermove", (event) => {
      for (const step of event.getCoalescedEvents?.() ?? [event])
        this.#move(this.#options.toPage(step.clientX, step.clientY));
    });
    on("pointerup", (event) => {
      event.stopPropagation();
      this.#finish();
    });
    on("pointercancel", () => this.#cancel());
    on("contextmenu", (event) => event.preventDefault());
    for (const type of ["click", "dblclick", "keyup", "keypress", "beforeinput", "input"] as const)
      on(type, (event) => event.stopPropagation());
    on("keydown", (event) => this.#keyDown(event));
  }

  #begin(at: Point): void {
    const page = this.#options.page();
    const brush = this.#brush;
    if (!page || !brush) return;
    if (brush.kind === "text") {
      this.#openNote(at, brush);
      return;
    }
    const anchor = this.#through(() => anchorAt(page, at));
    const points = anchor && unitsOf([at, at], boxOf(anchor.element, page.window));
    if (!anchor || !points) return;
    const mark = { ...blankMark, ...brush, key: this.#options.nextKey(), anchor: anchor.id, points };
    this.#stroke = { mark, anchor, path: [at], unsent: 0 };
    this.#options.sink.put(mark);
  }

  #move(at: Point): void {
    const stroke = this.#stroke;
    const last = stroke?.path.at(-1);
    if (!stroke || !last || Math.hypot(at.x - last.x, at.y - last.y) < STEP_PX) return;
    if (!isPath(stroke.mark)) stroke.path.splice(1, 1, at);
    else if (stroke.path.length < markLimits.points - 2) stroke.path.push(at);
    else return;
    stroke.unsent++;
    this.#sendTimer ??= setTimeout(() => this.#send(), SEND_MS);
  }

  #send(): void {
    clearTimeout(this.#sendTimer);
    this.#sendTimer = undefined;
    const stroke = this.#stroke;
    const page = this.#options.page();
    if (!stroke || !page || stroke.unsent === 0) return;
    const newest = stroke.path.slice(isPath(stroke.mark) ? -stroke.unsent : -1);
    const units = unitsOf(newest, boxOf(stroke.anchor.element, page.window));
    stroke.unsent = 0;
    if (units) this.#options.sink.extend(stroke.mark.key, units);
  }

  #finish(): void {
    const stroke = this.#stroke;
    const page = this.#options.page();
    if (!stroke || !page) return;
    clearTimeout(this.#sendTimer);
    this.#sendTimer = undefined;
    this.#stroke = undefined;
    const { mark, path } = stroke;
    const [first, ...rest] = path as [Point, ...Point[]];
    const far = rest.some(({ x, y }) => Math.max(Math.abs(x - first.x), Math.abs(y - first.y)) >= LEAST_PX);
    if (!far) this.#options.sink.remove(mark.key);
    else this.#options.sink.put(this.#through(() => reanchored(page, mark, path)));
  }

  #cancel(): void {
    clearTimeout(this.#sendTimer);
    this.#sendTimer = undefined;
    if (this.#stroke) this.#options.sink.remove(this.#stroke.mark.key);
    this.#stroke = undefined;
  }

  #keyDown(event: KeyboardEvent): void {
    // F6 is the way out of the page, also from here.
    if (event.key !== "F6") event.stopPropagation();
    if (event.target !== this.#surface) return;
    if (event.key === "Escape") {
      if (this.#stroke) this.#cancel();
      else this.#options.onLeave();
      return;
    }
    const step = arrows[event.key];
    const acts = event.key === " " || event.key === "Enter";
    if (!step && !acts) return;
    event.preventDefault();
    const { width, height } = dom.getBoundingClientRect(this.#surface);
    const origin = dom.getBoundingClientRect(this.#surface);
    const scale = dom.offsetWidth(this.#surface) / width || 1;
    const at = this.#key ?? { x: width / 2, y: height / 2 };
    if (step) {
      const by = event.shiftKey ? KEY_PX / 10 : KEY_PX;
      at.x = Math.min(Math.max(at.x + step[0] * by, 0), width);
      at.y = Math.min(Math.max(at.y + step[1] * by, 0), height);
    }
    this.#key = at;
    Object.assign(dom.style(this.#crosshair), {
      display: "block",
      left: `${at.x * scale}px`,
      top: `${at.y * scale}px`,
    });
    const point = this.#options.toPage(origin.left + at.x, origin.top + at.y);
    if (step) this.#move(point);
    else if (this.#stroke) this.#finish();
    else this.#begin(point);
  }

  #openNote(at: Point, brush: Brush): void {
    this.#noteField = new NoteField(this.#surface, at, {
      label: this.#note,
      color: brush.color,
      width: brush.width,
      onDone: (text) => {
        this.#noteField = undefined;
        if (text) this.#putNote(at, brush, text);
      },
      onKey: () => dom.focus(this.#surface, { preventScroll: true }),
    });
  }

  #putNote(at: Point, brush: Brush, text: string): void {
    const page = this.#options.page();
    const anchor = page && this.#through(() => anchorAt(page, at));
    const points = anchor && unitsOf([at], boxOf(anchor.element, page.window));
    if (!points) return;
    const key = this.#options.nextKey();
    this.#options.sink.put({ ...blankMark, ...brush, key, anchor: anchor.id, points, text });
  }

  /** Asks the page behind the surface: the surface takes no pointer meanwhile. */
  #through<T>(ask: () => T): T {
    dom.style(this.#surface).pointerEvents = "none";
    try {
      return ask();
    } finally {
      dom.style(this.#surface).pointerEvents = "auto";
    }
  }
}

const arrows: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function part(tag: string, style: Partial<CSSStyleDeclaration>): HTMLElement {
  const made = dom.createElement(document, tag as "div");
  Object.assign(dom.style(made), { position: "absolute", boxSizing: "border-box" }, style);
  return made;
}
