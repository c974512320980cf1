import * as dom from "../core/dom.ts";
import { AGENT_POINTER } from "../core/own-parts.ts";
import { fire } from "./fire.ts";
import { Hover } from "./hover.ts";
import type { Moment } from "./moment.ts";
import type { PointerCapture } from "./pointer-capture.ts";
import { realm } from "./tree.ts";

/** A finger that moved farther than this, in CSS pixels, does not tap. */
const TAP_PX = 10;

/** One finger of the agent on the page: pointer events, touch events, and whether it was a tap. */
export class Finger {
  readonly #target: Element;
  readonly #start: Moment;
  readonly #hover = new Hover();
  readonly #capture: PointerCapture;
  #taps = true;
  /** The page did not prevent the mouse events that older pages wait for. */
  #mouse: boolean;

  constructor(target: Element, moment: Moment, capture: PointerCapture) {
    this.#target = target;
    this.#start = moment;
    this.#capture = capture;
    this.#hover.move(target, moment, ["pointer"]);
    capture.begin(target);
    // A touch goes to the element it began on, unless the page gave the pointer to another.
    capture.want(target);
    this.#mouse = fire(target, "pointerdown", moment);
    if (!this.#touch("touchstart", moment)) this.#taps = false;
  }

  move(moment: Moment): void {
    if (Math.hypot(moment.clientX - this.#start.clientX, moment.clientY - this.#start.clientY) > TAP_PX) {
      this.#taps = false;
    }
    this.#capture.settle(moment);
    fire(this.#capture.target ?? this.#target, "pointermove", moment);
    this.#touch("touchmove", moment);
  }

  /** It rests: the page may open its menu, and there is no tap any more. */
  hold(moment: Moment): void {
    this.#taps = false;
    fire(this.#target, "contextmenu", moment);
  }

  /** It was lifted; what remains to be done of a tap. */
  lift(moment: Moment): { click: boolean; mouse: boolean } {
    this.#capture.settle(moment);
    fire(this.#capture.target ?? this.#target, "pointerup", moment);
    this.#end(moment);
    const allowed = this.#touch("touchend", moment);
    const click = this.#taps && allowed;
    return { click, mouse: click && this.#mouse };
  }

  /** The browser took it over (for scrolling). */
  cancel(moment: Moment): undefined {
    fire(this.#capture.target ?? this.#target, "pointercancel", moment);
    this.#end(moment);
    this.#touch("touchcancel", moment);
  }

  #end(moment: Moment): void {
    this.#capture.end(moment);
    this.#hover.move(undefined, moment, ["pointer"]);
  }

  #touch(type: string, moment: Moment): boolean {
    const view = realm(this.#target);
    const touch = touchOf(this.#target, moment);
    if (!touch) return true;
    const down = /start|move/.test(type) ? [touch] : [];
    return dom.dispatchEvent(
      this.#target,
      new view.TouchEvent(type, {
        bubbles: true,
        cancelable: type !== "touchcancel",
        composed: true,
        view,
        touches: down,
        targetTouches: down,
        changedTouches: [touch],
      }),
    );
  }
}

/** A touch of the agent's finger; undefined in browsers without touch, whose pages wait for none. */
function touchOf(target: Element, { clientX, clientY, screenX, screenY }: Moment): Touch | undefined {
  const view = realm(target);
  const { Touch, TouchEvent } = view;
  if (typeof TouchEvent !== "function" || typeof Touch !== "function") return undefined;
  const init = {
    identifier: AGENT_POINTER,
    target,
    clientX,
    clientY,
    screenX: screenX ?? clientX,
    screenY: screenY ?? clientY,
    pageX: clientX + dom.scrollX(view),
    pageY: clientY + dom.scrollY(view),
  };
  try {
    return new Touch(init);
  } catch {
    // WebKit has the interface without a constructor on some systems.
    return undefined;
  }
}
