import * as dom from "@copane/mirror/dom";
import { h } from "@copane/ui";
import { focusedElement } from "./focus.ts";

/** Where the card is: how far from left and top, each as a part of the room there is. */
interface Spot {
  x: number;
  y: number;
}

/** Space between the card and the edges of the window, in CSS pixels. */
const MARGIN = 12;
/** One press of an arrow key, as a part of the room. */
const STEP = 0.1;
/** A pointer that moves less than this, in CSS pixels, presses and does not drag. */
const SLACK = 4;

/**
 * Where the card stands: in a corner, or where the customer put it, for the whole site. It makes way for what has the
 * focus, and for the keyboard on the screen.
 */
export class Place {
  readonly #card: HTMLElement;
  readonly #grip = h("button", {
    type: "button",
    class: "grip flat",
    onkeydown: (event) => this.#key(event),
  });
  readonly #original: Spot;
  #home: Spot;
  #spot: Spot;

  /**
   * @param card the panel with the chat
   * @param left whether it begins at the left
   */
  constructor(card: HTMLElement, left: boolean) {
    this.#card = card;
    this.#original = { x: left ? 0 : 1, y: 1 };
    this.#home = kept() ?? this.#original;
    this.#spot = this.#home;
    card.append(this.#grip);
    card.addEventListener("pointerdown", (event) => this.#press(event));
    const settle = () => this.#settle();
    addEventListener("focusin", settle, true);
    addEventListener("input", settle, { capture: true, passive: true });
    addEventListener("resize", settle);
    const shown = dom.visualViewport(window);
    shown?.addEventListener("resize", settle);
    shown?.addEventListener("scroll", settle);
    new ResizeObserver(settle).observe(card);
  }

  /** What the grip is called. */
  set label(words: string) {
    this.#grip.ariaLabel = words;
    this.#grip.title = words;
  }

  #key(event: Event): void {
    const { key } = event as KeyboardEvent;
    const { x, y } = this.#spot;
    const moved = {
      ArrowLeft: { x: x - STEP, y },
      ArrowRight: { x: x + STEP, y },
      ArrowUp: { x, y: y - STEP },
      ArrowDown: { x, y: y + STEP },
      Home: this.#original,
    }[key];
    if (!moved) return;
    event.preventDefault();
    this.#put(moved);
  }

  /** The head, the line that it is when small, and the grip are what one takes it by. */
  #press(event: PointerEvent): void {
    const taken = (event.target as Element).closest(".head, .pill, .grip");
    if (!taken || event.button !== 0 || (event.target as Element).closest(".head button")) return;
    const { left, top } = this.#card.getBoundingClientRect();
    const from = { x: event.clientX - left, y: event.clientY - top };
    const ended = new AbortController();
    let dragged = false;
    const move = ({ clientX, clientY, pointerId }: PointerEvent) => {
      if (pointerId !== event.pointerId) return;
      const far = Math.hypot(clientX - event.clientX, clientY - event.clientY) > SLACK;
      if (!dragged && !far) return;
      dragged = true;
      const { view, room } = this.#room();
      this.#spot = clamped({
        x: (clientX - from.x - view.left) / room.width,
        y: (clientY - from.y - view.top) / room.height,
      });
      this.#apply();
    };
    const end = () => {
      ended.abort();
      if (!dragged) return;
      this.#put(this.#spot);
      // Letting go of it is no press on it.
      const noClick = (click: Event) => click.stopImmediatePropagation();
      this.#card.addEventListener("click", noClick, { capture: true, once: true });
      setTimeout(() => this.#card.removeEventListener("click", noClick, true));
    };
    const options = { capture: true, signal: ended.signal };
    addEventListener("pointermove", move, options);
    addEventListener("pointerup", end, options);
    addEventListener("pointercancel", end, options);
  }

  /** The customer put it there. */
  #put(spot: Spot): void {
    this.#home = clamped(spot);
    this.#spot = this.#home;
    this.#apply();
    try {
      localStorage.setItem(PLACE_KEY, JSON.stringify([this.#home.x, this.#home.y]));
    } catch {
      // Nothing can be kept here: it stays for this page.
    }
  }

  /** Where it belongs, if what has the focus is not there; else where that is covered least. */
  #settle(): void {
    const focus = this.#focused();
    // Under the hand that is at it it does not move: a press would end beside what it began on.
    if (focus === "card") {
      this.#apply();
      return;
    }
    const { x, y } = this.#home;
    const spots = [this.#home, this.#spot, { x, y: 1 - y }, { x: 1 - x, y }, { x: 1 - x, y: 1 - y }];
    if (focus) {
      for (const side of [0, 1]) spots.push({ x, y: side }, { x: 1 - x, y: side });
      const covered = spots.map((spot) => this.#covers(spot, focus));
      this.#spot = spots[covered.indexOf(Math.min(...covered))] ?? this.#home;
    } else this.#spot = this.#home;
    this.#apply();
  }

  /** The box of what has the focus in the page; nothing where that is the page itself. */
  #focused(): DOMRect | "card" | undefined {
    const element = focusedElement();
    if (element === dom.body(document)) return undefined;
    const host = (this.#card.getRootNode() as ShadowRoot).host;
    if (element === host || host.shadowRoot?.contains(element)) return "card";
    return dom.getBoundingClientRect(element);
  }

  #covers({ x, y }: Spot, box: DOMRect): number {
    const { view, room } = this.#room();
    const { width, height } = this.#card.getBoundingClientRect();
    const left = view.left + x * room.width;
    const top = view.top + y * room.height;
    const wide = Math.min(left + width, box.right) - Math.max(left, box.left);
    const high = Math.min(top + height, box.bottom) - Math.max(top, box.top);
    return Math.max(0, wide) * Math.max(0, high);
  }

  /** Where it may stand, within what the keyboard on the screen leaves of the window, and how far it can move there. */
  #room(): { view: DOMRect; room: { width: number; height: number } } {
    const shown = dom.visualViewport(window);
    const view =
      shown && shown.scale === 1
        ? new DOMRect(shown.offsetLeft, shown.offsetTop, shown.width, shown.height)
        : new DOMRect(0, 0, dom.innerWidth(window), dom.innerHeight(window));
    const { width, height } = this.#card.getBoundingClientRect();
    const inner = new DOMRect(
      view.x + MARGIN,
      view.y + MARGIN,
      view.width - 2 * MARGIN,
      view.height - 2 * MARGIN,
    );
    return {
      view: inner,
      room: { width: Math.max(1, inner.width - width), height: Math.max(1, inner.height - height) },
    };
  }

  /** Held by the nearer edges, so that it grows into the window. In a corner the style's own distances hold. */
  #apply(): void {
    const { view, room } = this.#room();
    const { style } = this.#card;
    const { x, y } = this.#spot;
    const below = dom.innerHeight(window) - view.bottom;
    style.setProperty("--room", `${view.height}px`);
    const atHome = this.#spot === this.#original && below === MARGIN;
    const set = (property: string, value: number) =>
      style.setProperty(property, atHome ? "" : `${Math.round(value)}px`);
    const clear = (property: string) => style.setProperty(property, atHome ? "" : "auto");
    set(
      x > 0.5 ? "right" : "left",
      x > 0.5 ? dom.innerWidth(window) - view.right + (1 - x) * room.width : view.left + x * room.width,
    );
    clear(x > 0.5 ? "left" : "right");
    set(y > 0.5 ? "bottom" : "top", y > 0.5 ? below + (1 - y) * room.height : view.top + y * room.height);
    clear(y > 0.5 ? "top" : "bottom");
  }
}

/** Where it is kept, for each site. */
const PLACE_KEY = "copane.place";

function clamped({ x, y }: Spot): Spot {
  const within = (value: number) => Math.min(1, Math.max(0, value));
  return { x: within(x), y: within(y) };
}

/** Where it was put before. The site's own scripts can write there, and there may be no such storage. */
function kept(): Spot | undefined {
  try {
    const [x, y] = JSON.parse(localStorage.getItem(PLACE_KEY) ?? "[]");
    return Number.isFinite(x) && Number.isFinite(y) ? clamped({ x, y }) : undefined;
  } catch {
    return undefined;
  }
}
