import * as dom from "../core/dom.ts";
import { parentElementOrHost } from "../core/walk.ts";
import { scrollTarget } from "./target.ts";

/** A finger that rests this long, in milliseconds, holds; one that moves this far, in CSS pixels, draws. */
const HOLD_MS = 500;
const DRAW_PX = 10;

interface Point {
  x: number;
  y: number;
}

/** What the page is told of a finger of the agent. */
export interface FingerEvents {
  /** It rests where it came down. */
  hold(): void;
  /** It moves the page instead: what had begun there is off. */
  takeOver(): void;
  scroll(element: Element, left: number, top: number): void;
}

/** One finger of the agent on the replica: a tap, a hold, or a draw, which scrolls unless the page wants it. */
export class AgentFinger {
  readonly #element: Element;
  readonly #start: Point;
  readonly #events: FingerEvents;
  readonly #timer: ReturnType<typeof setTimeout>;
  #mode: "tap" | "hold" | "draw" | "pan" = "tap";
  #pan: { element: Element; left: number; top: number } | undefined;

  constructor(element: Element, start: Point, events: FingerEvents) {
    this.#element = element;
    this.#start = start;
    this.#events = events;
    this.#timer = setTimeout(() => {
      this.#mode = "hold";
      events.hold();
    }, HOLD_MS);
  }

  get tapped(): boolean {
    return this.#mode === "tap";
  }

  get panning(): boolean {
    return this.#mode === "pan";
  }

  move(to: Point): void {
    const dx = this.#start.x - to.x;
    const dy = this.#start.y - to.y;
    if (this.#mode === "tap") {
      if (Math.hypot(dx, dy) <= DRAW_PX) return;
      clearTimeout(this.#timer);
      this.#mode = wantsFinger(this.#element, Math.abs(dx) > Math.abs(dy)) ? "draw" : "pan";
      if (this.#mode === "pan") this.#takeOver(dx, dy);
    }
    if (this.#mode === "pan" && this.#pan) {
      const { element, left, top } = this.#pan;
      this.#events.scroll(element, left + dx, top + dy);
    }
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #takeOver(dx: number, dy: number): void {
    this.#events.takeOver();
    const element = scrollTarget(this.#element, dx, dy);
    if (element) this.#pan = { element, left: dom.scrollLeft(element), top: dom.scrollTop(element) };
  }
}

/** Whether the page keeps this movement for itself, by `touch-action` or because it is a slider. */
function wantsFinger(element: Element, sideways: boolean): boolean {
  for (let up: Element | null = element; up; up = parentElementOrHost(up)) {
    if (dom.matches(up, "input[type=range]")) return true;
    const view = dom.defaultView(dom.ownerDocument(up));
    const action = (view && dom.getComputedStyle(view, up).touchAction) ?? "auto";
    if (action === "none") return true;
    if (action.includes("pan-"))
      return !new RegExp(sideways ? "pan-(x|left|right)" : "pan-(y|up|down)").test(action);
  }
  return false;
}
