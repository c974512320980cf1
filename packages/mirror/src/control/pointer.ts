import * as dom from "../core/dom.ts";
import { TextSelection } from "./caret.ts";
import { DRAG_PX, Drag } from "./drag.ts";
import { DraggedText } from "./dragged-text.ts";
import { isRich, isTextField } from "./editing.ts";
import { fire } from "./fire.ts";
import { deepActive, focusableAbove } from "./focus.ts";
import { editingHost, type Hands } from "./hands.ts";
import { Hover } from "./hover.ts";
import { dismissBeside, type Pressed, pressedIn } from "./light-dismiss.ts";
import { ListBox } from "./list-box.ts";
import { type Moment, momentOf, type PointerInput } from "./moment.ts";
import { leaveField } from "./pending-change.ts";
import { PointerCapture } from "./pointer-capture.ts";
import type { Reach } from "./reach.ts";
import { RefusedError } from "./refusal.ts";
import { Slider } from "./slider.ts";
import { Finger } from "./touch.ts";
import { commonAncestor } from "./tree.ts";

/** A held mouse button, and what the press began. */
interface Press {
  target: Element;
  moment: Moment;
  /** The page handled the pointer events itself: no mouse events follow. */
  silent: boolean;
  pressed: Pressed;
  slider?: Slider | undefined;
  list?: ListBox | undefined;
  selection?: TextSelection | undefined;
  /** What moving on would drag, and the selected text that it is, if it is such. */
  source?: Element | undefined;
  text?: DraggedText | undefined;
  drag?: Drag | undefined;
}

/** The agent's pointer in the customer's page: every event a real one would fire, in its order. */
export class Pointer {
  readonly #reach: Reach;
  readonly #hands: Hands;
  readonly #hover = new Hover();
  readonly #capture = new PointerCapture();
  #press: Press | undefined;
  #finger: { finger: Finger; slider: Slider | undefined; pressed: Pressed } | undefined;
  #last: { element: Element; moment: Moment } | undefined;

  constructor(reach: Reach, hands: Hands) {
    this.#reach = reach;
    this.#hands = hands;
  }

  /** Throws RefusedError. */
  perform(element: Element, input: PointerInput): void {
    const moment = momentOf(element, input, this.#press?.moment.buttons ?? 0);
    const ends = input.phase === "up" || input.phase === "cancel";
    // A press must end even when the pointer is elsewhere by now.
    if (input.phase === "down") this.#checkPress(element);
    else if (!ends) this.#reach.check(element);
    this.#last = { element, moment };
    if (moment.pointerType === "touch") this.#touch(element, input, moment);
    else this.#mouse(element, input, moment);
  }

  /** Lets go of what is held: control has ended. */
  release(): void {
    if (!this.#last) return;
    const moment = { ...this.#last.moment, buttons: 0 };
    this.#cancel(this.#last.element, moment);
    this.#finger?.finger.cancel(moment);
    this.#finger = undefined;
    this.#hover.end(moment);
  }

  #checkPress(element: Element): void {
    this.#reach.checkPress(element);
    const host = editingHost(focusableAbove(element) ?? element);
    if (host && this.#hands.typesIn(host)) throw new RefusedError("customerTyping");
  }

  #mouse(element: Element, input: PointerInput, moment: Moment): void {
    switch (input.phase) {
      case "move":
        this.#move(element, moment);
        break;
      case "down":
        // A release that was lost on the way must not hold the button for ever.
        if (this.#press) this.#cancel(element, { ...moment, buttons: 0 });
        this.#hover.move(element, { ...moment, buttons: 0, detail: 0 });
        this.#down(element, input, moment);
        break;
      case "up":
        this.#up(element, input, moment);
        break;
      case "cancel":
        this.#cancel(element, moment);
        break;
    }
  }

  #move(element: Element, moment: Moment): void {
    const press = this.#press;
    if (press?.drag) {
      press.drag.move(element, moment);
      return;
    }
    this.#capture.settle(moment);
    const target = this.#capture.target ?? element;
    this.#hover.move(target, moment);
    fire(target, "pointermove", moment);
    if (!press?.silent) fire(target, "mousemove", moment);
    if (!press) return;
    const { clientX, clientY } = press.moment;
    if (press.source && Math.hypot(moment.clientX - clientX, moment.clientY - clientY) > DRAG_PX) {
      press.drag = Drag.start(press.source, press.moment, press.text);
      press.source = undefined;
      if (press.drag) {
        this.#leave(target, { ...moment, buttons: 0 });
        press.drag.move(element, moment);
        return;
      }
    }
    press.slider?.move(moment);
    press.list?.draw(element, moment);
    press.selection?.draw(element, moment);
  }

  #down(element: Element, input: PointerInput, moment: Moment): void {
    this.#capture.begin(element);
    const pressed = pressedIn(element, moment);
    const silent = !fire(element, "pointerdown", moment) || isOff(element);
    const press: Press = { target: element, moment, silent, pressed };
    this.#press = press;
    if (!silent && fire(element, "mousedown", moment) && dom.isConnected(element)) {
      if (input.button === 0) {
        press.slider = Slider.of(element);
        press.slider?.move(moment);
      }
      this.#focus(element);
      if (press.slider) {
        this.#capture.want(element);
        this.#capture.settle(moment);
      }
      if (input.button === 0) {
        press.list = ListBox.press(element, moment);
        press.source = isTextField(element) || isRich(element) ? undefined : Drag.source(element);
        if (!press.source && input.clicks === 1 && !moment.shiftKey) {
          press.text = DraggedText.at(element, moment, (one) => this.#reach.may(one));
          if (press.text) press.source = element;
        }
      }
      const kept = input.button !== 0 && dom.getSelection(dom.ownerDocument(element))?.isCollapsed === false;
      if (!press.source && !kept) press.selection = TextSelection.press(element, moment, input.clicks);
    }
    if (input.button === 2) fire(element, "contextmenu", { ...moment, detail: 0 });
  }

  #up(element: Element, input: PointerInput, moment: Moment): void {
    const press = this.#press;
    if (!press) return;
    this.#press = undefined;
    if (press.drag) {
      this.#drop(press.drag, element, moment);
      this.#capture.end();
      return;
    }
    // Selected text that was pressed and not dragged: the caret goes there, as with any click.
    if (press.text && press.source) press.selection = TextSelection.press(press.target, press.moment, 1);
    this.#capture.settle(moment);
    // A protected element gets no event when the button is released over it.
    const under = this.#reach.may(element) ? element : press.target;
    const target = this.#capture.target ?? under;
    this.#hover.move(target, moment);
    fire(target, "pointerup", moment);
    dismissBeside(element, moment, press.pressed, (one) => this.#reach.may(one));
    if (!press.silent) fire(target, "mouseup", moment);
    press.slider?.end();
    press.list?.end();
    this.#capture.end(moment);
    const clicked = under === element ? commonAncestor(press.target, target) : undefined;
    if (clicked && !isOff(press.target)) this.#click(clicked, input, moment);
    if (dom.isConnected(under)) this.#hover.move(under, moment);
  }

  /** Throws RefusedError where the agent may drop nothing. */
  #drop(drag: Drag, element: Element, moment: Moment): void {
    const host = editingHost(element);
    const typing = host !== undefined && this.#hands.typesIn(host);
    const focus = !this.#hands.holdFocus(dom.ownerDocument(element));
    if (this.#reach.may(element) && !typing && (focus || !host || isTextField(host))) {
      drag.drop(element, moment, focus);
      if (host) this.#hands.went(host);
      return;
    }
    drag.cancel(moment);
    this.#reach.check(element);
    throw new RefusedError("customerTyping");
  }

  /** Throws RefusedError when the page has changed since the press, and what is clicked is not the agent's now. */
  #click(element: Element, input: PointerInput, moment: Moment): void {
    this.#reach.checkPress(element);
    if (input.button !== 0) {
      fire(element, "auxclick", moment);
      return;
    }
    fire(element, "click", moment);
    if (input.clicks > 0 && input.clicks % 2 === 0) fire(element, "dblclick", moment);
  }

  #cancel(element: Element, moment: Moment): void {
    const press = this.#press;
    this.#press = undefined;
    if (press?.drag) press.drag.cancel(moment);
    else if (press) this.#leave(this.#capture.target ?? element, moment);
    this.#capture.end();
  }

  /** The browser takes the pointer away from the page. */
  #leave(target: Element, moment: Moment): void {
    fire(target, "pointercancel", moment);
    this.#capture.end(moment);
    this.#hover.move(undefined, moment, ["pointer"]);
  }

  #touch(element: Element, input: PointerInput, moment: Moment): void {
    if (input.phase === "down") {
      const slider = Slider.of(element);
      this.#finger?.finger.cancel({ ...moment, buttons: 0 });
      const pressed = pressedIn(element, moment);
      this.#finger = { finger: new Finger(element, moment, this.#capture), slider, pressed };
      slider?.move(moment);
      return;
    }
    const touching = this.#finger;
    if (!touching) return;
    const { finger, slider } = touching;
    if (input.phase === "move") {
      finger.move(moment);
      slider?.move(moment);
    } else if (input.phase === "hold") finger.hold(moment);
    else {
      this.#finger = undefined;
      const left = input.phase === "up" ? finger.lift(moment) : finger.cancel(moment);
      slider?.end();
      if (left?.click) dismissBeside(element, moment, touching.pressed, (one) => this.#reach.may(one));
      if (left) this.#tap(element, input, moment, left);
    }
  }

  /**
   * What a tap is to pages that know the mouse only. Throws RefusedError where the finger was lifted from
   * something that the agent may not press.
   */
  #tap(
    element: Element,
    input: PointerInput,
    moment: Moment,
    left: { click: boolean; mouse: boolean },
  ): void {
    if (!left.click || !dom.isConnected(element) || isOff(element)) return;
    this.#checkPress(element);
    if (left.mouse) {
      this.#hover.move(element, moment, ["mouse"]);
      fire(element, "mousemove", moment);
      const pressed = { ...moment, buttons: 1 };
      if (fire(element, "mousedown", pressed)) {
        this.#focus(element);
        const list = ListBox.press(element, { ...moment, ctrlKey: true });
        if (isTextField(element) || isRich(element)) TextSelection.press(element, moment, input.clicks);
        list?.end();
      }
      fire(element, "mouseup", moment);
    }
    fire(element, "click", moment);
  }

  #focus(element: Element): void {
    const target = focusableAbove(element);
    if (target) this.#reach.check(target);
    const document = dom.ownerDocument(element);
    const focusMoves = !this.#hands.holdFocus(document);
    if (this.#hands.agents !== target) leaveField(this.#hands.agents, focusMoves);
    this.#hands.went(target);
    // The customer types in another field: the agent goes on without the focus.
    if (!focusMoves) return;
    if (target) dom.focus(target, { preventScroll: true });
    else dom.blur(deepActive(document) as HTMLElement);
  }
}

/** Whether the element is, or is inside of, a control that takes no mouse events because it is disabled. */
function isOff(element: Element): boolean {
  const control = dom.closest(element, "button,input,select,textarea,option");
  return control !== null && dom.matches(control, ":disabled");
}
