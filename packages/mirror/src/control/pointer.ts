import { type AgentInputEvent, Modifier } from "@copane/protocol";
import { changed, isTextField, selectRange, setValue } from "./editing.ts";
import { deepActive, focusableAbove } from "./focus.ts";
import { OutOfReachError } from "./out-of-reach.ts";

type PointerInput = Extract<AgentInputEvent, { kind: "pointer" }>;

/** The agent's mouse in the customer's page: every event a real one would fire, in its order. */
export class Pointer {
  readonly #operable: (element: Element) => boolean;
  #hovered: Element | undefined;
  #pressed: Element | undefined;

  constructor(operable: (element: Element) => boolean) {
    this.#operable = operable;
  }

  perform(element: Element, input: PointerInput): void {
    this.#check(element);
    const init = this.#init(element, input);
    this.#hover(element, init);
    switch (input.phase) {
      case "move":
        fire(element, "pointermove", init);
        fire(element, "mousemove", init);
        if (this.#pressed) this.#slide(this.#pressed, init.clientX);
        break;
      case "down":
        this.#down(element, init);
        break;
      case "up":
        this.#up(element, input, init);
        break;
      case "cancel":
        this.#pressed = undefined;
        fire(element, "pointercancel", { ...init, buttons: 0 });
        break;
    }
  }

  #down(element: Element, init: MouseEventInit & { clientX: number }): void {
    this.#pressed = element;
    const buttons = init.button === 2 ? 2 : 1;
    const allowed = fire(element, "pointerdown", { ...init, buttons });
    // A handled pointerdown suppresses the compatibility mouse events.
    if (!allowed || !fire(element, "mousedown", { ...init, buttons })) return;
    const target = focusableAbove(element);
    if (target && !this.#operable(target)) throw new OutOfReachError("the field is out of reach");
    if (target) target.focus({ preventScroll: true });
    else (deepActive(element.ownerDocument) as HTMLElement).blur?.();
    placeCaret(element, init);
    this.#slide(element, init.clientX);
  }

  #up(element: Element, input: PointerInput, init: MouseEventInit): void {
    const pressed = this.#pressed;
    this.#pressed = undefined;
    fire(element, "pointerup", { ...init, buttons: 0 });
    fire(element, "mouseup", { ...init, buttons: 0 });
    const clicked = pressed && commonAncestor(pressed, element);
    if (!clicked) return;
    if (input.button === 2) {
      fire(clicked, "contextmenu", init);
      return;
    }
    if (input.button !== 0) return;
    if (clicked.localName === "option") pick(clicked as HTMLOptionElement, init.ctrlKey === true);
    fire(clicked, "click", { ...init, detail: input.clicks });
    if (input.clicks === 2) {
      fire(clicked, "dblclick", { ...init, detail: 2 });
      if (isTextField(clicked)) clicked.select();
    }
  }

  #hover(element: Element, init: MouseEventInit): void {
    const former = this.#hovered;
    if (former === element) return;
    this.#hovered = element;
    if (former?.isConnected) {
      fire(former, "pointerout", { ...init, relatedTarget: element });
      fire(former, "mouseout", { ...init, relatedTarget: element });
      for (let up: Element | null = former; up && !up.contains(element); up = up.parentElement) {
        fire(up, "mouseleave", { ...init, bubbles: false, relatedTarget: element });
      }
    }
    const related = former ?? null;
    fire(element, "pointerover", { ...init, relatedTarget: related });
    fire(element, "mouseover", { ...init, relatedTarget: related });
    for (let up: Element | null = element; up && !(former && up.contains(former)); up = up.parentElement) {
      fire(up, "mouseenter", { ...init, bubbles: false, relatedTarget: related });
    }
  }

  /** Refuses what a click here would reach beyond the element itself. */
  #check(element: Element): void {
    if (element.localName === "input" && (element as HTMLInputElement).type === "file") {
      throw new OutOfReachError("files can be chosen by the customer only");
    }
    const control = element.closest("label")?.control;
    if (control && (!this.#operable(control) || (control as HTMLInputElement).type === "file")) {
      throw new OutOfReachError("the label's field is out of reach");
    }
  }

  /** A slider follows the pointer. */
  #slide(element: Element, clientX: number): void {
    const input = element as HTMLInputElement;
    if (element.localName !== "input" || input.type !== "range" || input.disabled) return;
    const box = input.getBoundingClientRect();
    const least = Number(input.min || 0);
    const most = Number(input.max || 100);
    const part = Math.min(Math.max((clientX - box.left) / (box.width || 1), 0), 1);
    const rtl = getComputedStyle(input).direction === "rtl";
    const before = input.value;
    setValue(input, String(least + (rtl ? 1 - part : part) * (most - least)));
    if (input.value !== before) changed(input);
  }

  #init(element: Element, input: PointerInput): MouseEventInit & { clientX: number; clientY: number } {
    const box = element.getBoundingClientRect();
    const clientX = box.left + input.x * box.width;
    const clientY = box.top + input.y * box.height;
    return {
      bubbles: true,
      cancelable: true,
      composed: true,
      view: element.ownerDocument.defaultView,
      clientX,
      clientY,
      screenX: clientX,
      screenY: clientY,
      button: input.button,
      buttons: this.#pressed ? 1 : 0,
      detail: input.clicks,
      shiftKey: (input.modifiers & Modifier.shift) !== 0,
      ctrlKey: (input.modifiers & Modifier.control) !== 0,
      altKey: (input.modifiers & Modifier.alt) !== 0,
      metaKey: (input.modifiers & Modifier.meta) !== 0,
    };
  }
}

/** Returns false when the page prevented the default. */
function fire(element: Element, type: string, init: MouseEventInit): boolean {
  if (!type.startsWith("pointer")) return element.dispatchEvent(new MouseEvent(type, init));
  const pointer = { pointerId: 1, pointerType: "mouse", isPrimary: true, width: 1, height: 1 };
  return element.dispatchEvent(new PointerEvent(type, { ...init, ...pointer }));
}

function commonAncestor(one: Element, other: Element): Element | undefined {
  for (let up: Element | null = one; up !== null; up = up.parentElement) if (up.contains(other)) return up;
  return undefined;
}

/** An option of an open list box is not activated by a scripted click. */
function pick(option: HTMLOptionElement, add: boolean): void {
  const select = option.closest("select");
  if (!select || select.disabled || option.disabled) return;
  if (select.multiple) {
    if (!add) for (const other of select.options) other.selected = false;
    option.selected = add ? !option.selected : true;
  } else select.selectedIndex = option.index;
  changed(select);
}

/** Puts the caret where the agent clicked, as far as the browser tells where that is. */
function placeCaret(element: Element, init: MouseEventInit): void {
  const document = element.ownerDocument;
  const at = document.caretPositionFromPoint?.(init.clientX ?? 0, init.clientY ?? 0);
  if (isTextField(element)) {
    const offset = at?.offsetNode === element ? at.offset : element.value.length;
    selectRange(element, offset, offset);
  } else if ((element as HTMLElement).isContentEditable) {
    const selection = document.getSelection();
    if (at && element.contains(at.offsetNode)) selection?.collapse(at.offsetNode, at.offset);
    else {
      selection?.selectAllChildren(element);
      selection?.collapseToEnd();
    }
  }
}
