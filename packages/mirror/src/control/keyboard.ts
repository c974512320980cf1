import * as dom from "../core/dom.ts";
import {
  command,
  deleteText,
  insertBreak,
  insertText,
  isEditable,
  isRich,
  isTextField,
  perform,
} from "./editing.ts";
import { deepActive, isStop, nextInTabOrder } from "./focus.ts";
import type { Hands } from "./hands.ts";
import { fireKey, type KeyInput, keyInit } from "./keys.ts";
import { closeTopmost } from "./light-dismiss.ts";
import { navigate, scrollByKey, searchSelect } from "./navigation.ts";
import { leaveField, tellChange } from "./pending-change.ts";
import type { Reach } from "./reach.ts";
import { realm } from "./tree.ts";

/** The agent's keys in the customer's page: the events, then what the browser would do unless prevented. */
export class Keyboard {
  readonly #reach: Reach;
  readonly #hands: Hands;
  /** The button or box that Space went down on: it is activated when Space is let go. */
  #armed: Element | undefined;

  constructor(reach: Reach, hands: Hands) {
    this.#reach = reach;
    this.#hands = hands;
  }

  /** Returns the element that the key acted on, undefined for a key release. Throws RefusedError. */
  perform(place: Element, input: KeyInput): Element | undefined {
    this.#reach.check(place);
    const init = keyInit(place, input);
    if (input.phase === "up") {
      this.#up(place, input.key, init);
      return undefined;
    }
    this.#armed = undefined;
    const focused = deepActive(dom.ownerDocument(place));
    if (!fireKey(place, "keydown", init)) return place;
    // The page may have moved the focus in its listener: the rest of the key belongs there.
    const moved = deepActive(dom.ownerDocument(place));
    const element = moved === focused ? place : moved;
    if (element !== place) this.#reach.check(element);
    const printable = [...input.key].length === 1;
    const shortcut = (init.ctrlKey || init.metaKey) && !(init.ctrlKey && init.altKey);
    if (printable && shortcut) {
      this.#shortcut(element, input.key.toLowerCase(), init);
      return element;
    }
    // With Alt a letter is a shortcut, unless Alt produced another character.
    if (printable && init.altKey && !init.ctrlKey && isPlain(input)) return element;
    // This is asked before the event is sent: some engines act on the event.
    if (input.key === "Enter") this.#checkEnter(element);
    if (printable || (input.key === "Enter" && !shortcut)) {
      const charCode = input.key === "Enter" ? 13 : (input.key.codePointAt(0) ?? 0);
      const press = { ...init, charCode, keyCode: charCode, which: charCode } as KeyboardEventInit;
      if (!fireKey(element, "keypress", press)) return element;
    }
    if (printable) this.#character(element, input.key, init);
    else this.#named(element, input.key, init);
    return element;
  }

  #up(element: Element, key: string, init: KeyboardEventInit): void {
    const armed = key === " " && this.#armed === element;
    this.#armed = undefined;
    if (!fireKey(element, "keyup", init) || !armed || isOn(element)) return;
    this.#reach.checkPress(element);
    dom.click(element as HTMLElement);
  }

  #character(element: Element, key: string, init: KeyboardEventInit): void {
    if (isEditable(element)) insertText(element, key);
    else if (dom.localName(element) === "select") searchSelect(element as HTMLSelectElement, key);
    else if (key === " ") {
      if (dom.matches(element, "button,summary,input")) this.#armed = element;
      else scrollByKey(element, init.shiftKey ? "PageUp" : "PageDown");
    }
  }

  #named(element: Element, key: string, init: KeyboardEventInit): void {
    const far = init.ctrlKey || init.metaKey;
    switch (key) {
      case "Enter":
        this.#enter(element, init);
        break;
      case "Tab":
        if (!far && !init.altKey) this.#tab(element, init.shiftKey === true);
        break;
      case "Backspace":
      case "Delete":
        deleteText(element, key === "Delete", far || init.altKey ? "Word" : "Content");
        break;
      case "Escape":
        closeTopmost(element);
        break;
      default:
        if (/^(Arrow|Home$|End$|Page)/.test(key)) navigate(element, key, init, (one) => this.#reach.may(one));
    }
  }

  /** Throws RefusedError when Enter would press or send what the agent may not. */
  #checkEnter(element: Element): void {
    if (isPressedByEnter(element)) this.#reach.checkPress(element);
    const submission = implicitSubmission(element);
    if (!submission) return;
    this.#reach.checkSubmit();
    if (submission.button) this.#reach.check(submission.button);
  }

  #enter(element: Element, init: KeyboardEventInit): void {
    const anew = isRich(element) && !init.shiftKey;
    if (isRich(element) || dom.localName(element) === "textarea") {
      insertBreak(element, anew ? "insertParagraph" : "insertLineBreak");
    } else if (isPressedByEnter(element)) {
      this.#reach.checkPress(element);
      dom.click(element as HTMLElement);
    } else if (dom.localName(element) === "input") this.#submit(element as HTMLInputElement);
  }

  #submit(field: HTMLInputElement): void {
    if (isTextField(field)) {
      const { InputEvent } = realm(field);
      const init = { bubbles: true, cancelable: true, composed: true, inputType: "insertLineBreak" };
      if (!dom.dispatchEvent(field, new InputEvent("beforeinput", init))) return;
    }
    tellChange(field);
    const submission = implicitSubmission(field);
    if (!submission) return;
    // Asked again: the page's listeners may have changed the form.
    this.#checkEnter(field);
    const { form, button } = submission;
    if (!button) dom.requestSubmit(form);
    else if (!dom.matches(button, ":disabled")) dom.click(button);
  }

  #tab(element: Element, backwards: boolean): void {
    let next = nextInTabOrder(element, backwards);
    // What the agent may not operate is stepped over, so that the focus never rests there by its doing.
    for (let tries = 0; next && !this.#reach.may(next) && tries < 200; tries++)
      next = nextInTabOrder(next, backwards);
    if (!next || !this.#reach.may(next)) return;
    const focusMoves = !this.#hands.holdFocus(dom.ownerDocument(next));
    if (next !== element) leaveField(element, focusMoves);
    this.#hands.went(next);
    if (!focusMoves) return;
    dom.focus(next);
    const focused = deepActive(dom.ownerDocument(next));
    // Some engines do not stop at what only scrolls.
    if (focused === element && next !== element && !isStop(next)) {
      this.#tab(next, backwards);
      return;
    }
    this.#hands.went(focused);
    if (isTextField(next)) dom.select(next);
  }

  #shortcut(element: Element, key: string, init: KeyboardEventInit): void {
    if (key === "a") {
      if (isTextField(element)) dom.select(element);
      else command(element, "selectAll");
    } else if (key === "z" || key === "y") {
      const redo = key === "y" || init.shiftKey;
      perform(element, redo ? "redo" : "undo", redo ? "historyRedo" : "historyUndo");
    } else if (key === "x") this.#cut(element);
    else if (isRich(element)) {
      const format = { b: "Bold", i: "Italic", u: "Underline" }[key];
      if (format) perform(element, format.toLowerCase(), `format${format}`);
    }
  }

  /** The text is taken away; what the agent's own clipboard gets is the agent's browser's matter. */
  #cut(element: Element): void {
    const { ClipboardEvent, DataTransfer } = realm(element);
    const clipboardData = new DataTransfer();
    const init = { bubbles: true, cancelable: true, composed: true, clipboardData };
    if (!dom.dispatchEvent(element, new ClipboardEvent("cut", init))) return;
    const none = isTextField(element)
      ? dom.selectionStart(element) === dom.selectionEnd(element)
      : dom.getSelection(dom.ownerDocument(element))?.isCollapsed;
    if (!none) deleteText(element, false, "cut");
  }
}

function isPressedByEnter(element: Element): boolean {
  return dom.matches(
    element,
    "button,a[href],area[href],summary,input:is([type=button],[type=reset],[type=submit],[type=image],[type=color])",
  );
}

/**
 * What Enter in a field sends, as HTML defines it: its form by the first submit button, or without one when the
 * form has one field of text at most.
 */
function implicitSubmission(
  element: Element,
): { form: HTMLFormElement; button: HTMLButtonElement | undefined } | undefined {
  if (dom.localName(element) !== "input" || isPressedByEnter(element)) return undefined;
  const form = dom.form(element as HTMLInputElement);
  if (form === null) return undefined;
  const isDefault = "button:not([type=button],[type=reset]),input:is([type=submit],[type=image])";
  // A form's `elements` leaves picture buttons out.
  const root = dom.getRootNode(element) as Document | ShadowRoot;
  const buttons = [...dom.querySelectorAll(root, isDefault)] as HTMLButtonElement[];
  const button = buttons.find((item) => dom.form(item) === form);
  return button || [...dom.elements(form)].filter(isTextField).length <= 1 ? { form, button } : undefined;
}

/** Whether the key gives what is printed on it. */
function isPlain({ key, code }: KeyInput): boolean {
  return key.toUpperCase() === /^(?:Key|Digit)(.)$/.exec(code)?.[1];
}

/** A radio button that is on already: Space does nothing more. */
function isOn(element: Element): boolean {
  return dom.matches(element, "input[type=radio]") && dom.checked(element as HTMLInputElement);
}
