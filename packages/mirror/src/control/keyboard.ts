import { type AgentInputEvent, Modifier } from "@copane/protocol";
import {
  changed,
  command,
  deleteText,
  insertText,
  isEditable,
  isTextField,
  selectRange,
  setValue,
} from "./editing.ts";
import { nextInTabOrder } from "./focus.ts";
import { OutOfReachError } from "./out-of-reach.ts";

type KeyInput = Extract<AgentInputEvent, { kind: "key" }>;

/** Codes that older pages read; newer ones read `key`. */
const keyCodes: Record<string, number> = {
  Backspace: 8,
  Tab: 9,
  Enter: 13,
  Escape: 27,
  " ": 32,
  PageUp: 33,
  PageDown: 34,
  End: 35,
  Home: 36,
  ArrowLeft: 37,
  ArrowUp: 38,
  ArrowRight: 39,
  ArrowDown: 40,
  Delete: 46,
};

/** The agent's keys in the customer's page: the events, then what the browser would do unless prevented. */
export class Keyboard {
  readonly #operable: (element: Element) => boolean;

  constructor(operable: (element: Element) => boolean) {
    this.#operable = operable;
  }

  /** Returns the element that the key acted on, undefined for a key release. */
  perform(element: Element, input: KeyInput): Element | undefined {
    if (!this.#operable(element)) throw new OutOfReachError("the focused field is out of reach");
    const init = keyInit(element, input);
    if (input.phase === "up") {
      element.dispatchEvent(new KeyboardEvent("keyup", init));
      return undefined;
    }
    if (!element.dispatchEvent(new KeyboardEvent("keydown", init))) return element;
    const printable = [...input.key].length === 1;
    const shortcut = init.ctrlKey || init.metaKey;
    if ((printable || input.key === "Enter") && !shortcut) {
      const charCode = input.key === "Enter" ? 13 : (input.key.codePointAt(0) ?? 0);
      const press = new KeyboardEvent("keypress", { ...init, charCode, keyCode: charCode });
      if (!element.dispatchEvent(press)) return element;
    }
    if (printable && !shortcut) this.#character(element, input.key);
    else if (shortcut) shortcutAction(element, input.key.toLowerCase(), init);
    else this.#named(element, input.key, init);
    return element;
  }

  #character(element: Element, key: string): void {
    if (isEditable(element)) insertText(element, key);
    else if (key === " ") {
      if (isActivated(element) || isToggle(element)) (element as HTMLElement).click();
      else scroll(element, 0, 0.9);
    }
  }

  #named(element: Element, key: string, init: KeyboardEventInit): void {
    switch (key) {
      case "Enter":
        this.#enter(element);
        break;
      case "Tab":
        this.#tab(element, init.shiftKey === true);
        break;
      case "Backspace":
      case "Delete":
        deleteText(element, key === "Delete", init.altKey ? "word" : "character");
        break;
      case "Escape":
        closeTopmost(element);
        break;
      default:
        if (key.startsWith("Arrow") || key === "Home" || key === "End" || key.startsWith("Page")) {
          this.#navigate(element, key, init);
        }
    }
  }

  #enter(element: Element): void {
    if (element.localName === "textarea") insertText(element, "\n");
    else if ((element as HTMLElement).isContentEditable) command(element, "insertParagraph");
    else if (isActivated(element)) (element as HTMLElement).click();
    else if (element.localName === "input") this.#submit((element as HTMLInputElement).form, element);
  }

  /** Implicit submission, as HTML defines it: by the form's first submit button. */
  #submit(form: HTMLFormElement | null, field: Element): void {
    if (form === null) return;
    const buttons = [...form.elements].filter((item) =>
      item.matches("button:not([type=button],[type=reset]),[type=submit],[type=image]"),
    );
    const button = buttons[0] as HTMLButtonElement | undefined;
    if (button && !this.#operable(button)) throw new OutOfReachError("submitting is the customer's");
    field.dispatchEvent(new Event("change", { bubbles: true }));
    if (button) {
      if (!button.disabled) button.click();
    } else form.requestSubmit();
  }

  #tab(element: Element, backwards: boolean): void {
    let next = nextInTabOrder(element, backwards);
    // What the agent may not operate is stepped over, so that the focus never rests there by its doing.
    for (let tries = 0; next && !this.#operable(next) && tries < 200; tries++)
      next = nextInTabOrder(next, backwards);
    if (!next || !this.#operable(next)) return;
    next.focus();
    if (isTextField(next)) next.select();
  }

  #navigate(element: Element, key: string, init: KeyboardEventInit): void {
    const forward = key === "ArrowRight" || key === "ArrowDown" || key === "End";
    const vertical = key === "ArrowUp" || key === "ArrowDown";
    if (element.localName === "select") stepSelect(element as HTMLSelectElement, key, forward);
    else if (isRadio(element)) this.#stepRadio(element, forward);
    else if (isStepped(element, vertical)) stepNumber(element, key);
    else if (isTextField(element) && element.localName === "input") moveCaret(element, key, forward, init);
    else if (isEditable(element)) moveSelection(element, key, forward, init);
    else if (key.startsWith("Page")) scroll(element, 0, key === "PageDown" ? 0.9 : -0.9);
    else if (vertical) scroll(element, 0, forward ? 0.08 : -0.08);
    else if (key === "Home" || key === "End") scroll(element, 0, key === "End" ? 1e6 : -1e6);
  }

  #stepRadio(radio: HTMLInputElement, forward: boolean): void {
    const root = radio.form ?? radio.ownerDocument;
    const group = [...root.querySelectorAll<HTMLInputElement>("input[type=radio]")].filter(
      (other) =>
        other.name === radio.name && other.form === radio.form && !other.disabled && this.#operable(other),
    );
    const next = group[(group.indexOf(radio) + (forward ? 1 : group.length - 1)) % group.length];
    next?.focus();
    next?.click();
  }
}

function keyInit(element: Element, { key, code, modifiers }: KeyInput): KeyboardEventInit {
  const keyCode = keyCodes[key] ?? (key.length === 1 ? key.toUpperCase().charCodeAt(0) : 0);
  return {
    bubbles: true,
    cancelable: true,
    composed: true,
    view: element.ownerDocument.defaultView,
    key,
    code,
    keyCode,
    which: keyCode,
    shiftKey: (modifiers & Modifier.shift) !== 0,
    ctrlKey: (modifiers & Modifier.control) !== 0,
    altKey: (modifiers & Modifier.alt) !== 0,
    metaKey: (modifiers & Modifier.meta) !== 0,
  } as KeyboardEventInit;
}

function shortcutAction(element: Element, key: string, init: KeyboardEventInit): void {
  if (key === "a") {
    if (isTextField(element)) element.select();
    else command(element, "selectAll");
  } else if (key === "z") command(element, init.shiftKey ? "redo" : "undo");
  else if (key === "y") command(element, "redo");
  else if (key === "backspace" || key === "delete") deleteText(element, key === "delete", "word");
  else if (key === "home" || key === "end") scroll(element, 0, key === "end" ? 1e6 : -1e6);
}

function isActivated(element: Element): boolean {
  return element.matches(
    "button,a[href],summary,input:is([type=submit],[type=button],[type=reset],[type=image])",
  );
}

function isToggle(element: Element): boolean {
  return element.matches("input:is([type=checkbox],[type=radio])");
}

function isRadio(element: Element): element is HTMLInputElement {
  return element.matches("input[type=radio]");
}

function isStepped(element: Element, vertical: boolean): element is HTMLInputElement {
  return element.matches("input[type=range]") || (vertical && element.matches("input[type=number]"));
}

function stepNumber(input: HTMLInputElement, key: string): void {
  if (input.disabled || input.readOnly) return;
  const scratch = input.cloneNode() as HTMLInputElement;
  scratch.value = input.value;
  const steps = key.startsWith("Page") ? 10 : 1;
  if (key === "Home") scratch.value = input.min || "0";
  else if (key === "End") scratch.value = input.max || "100";
  else if (key === "ArrowUp" || key === "ArrowRight" || key === "PageUp") scratch.stepUp(steps);
  else scratch.stepDown(steps);
  setValue(input, scratch.value);
  changed(input);
}

function stepSelect(select: HTMLSelectElement, key: string, forward: boolean): void {
  if (select.disabled) return;
  const { options } = select;
  const step = key === "Home" || key === "End" ? 0 : forward ? 1 : -1;
  let index = key === "Home" ? 0 : key === "End" ? options.length - 1 : select.selectedIndex + step;
  while (options[index]?.disabled) index += step || 1;
  if (!options[index] || index === select.selectedIndex) return;
  select.selectedIndex = index;
  changed(select);
}

function moveCaret(
  field: HTMLInputElement | HTMLTextAreaElement,
  key: string,
  forward: boolean,
  init: KeyboardEventInit,
): void {
  const { selectionStart: start, selectionEnd: end, value } = field;
  if (start === null || end === null) return;
  const edge = key === "Home" || key === "End" || key === "ArrowUp" || key === "ArrowDown";
  const from = forward ? end : start;
  const to = edge
    ? forward
      ? value.length
      : 0
    : Math.min(Math.max(from + (forward ? 1 : -1), 0), value.length);
  if (init.shiftKey) selectRange(field, Math.min(start, to), Math.max(end, to));
  else if (start !== end && !edge) selectRange(field, from, from);
  else selectRange(field, to, to);
}

function moveSelection(element: Element, key: string, forward: boolean, init: KeyboardEventInit): void {
  const unit =
    key === "Home" || key === "End"
      ? "lineboundary"
      : key === "ArrowUp" || key === "ArrowDown"
        ? "line"
        : "character";
  const selection = element.ownerDocument.getSelection();
  selection?.modify(init.shiftKey ? "extend" : "move", forward ? "forward" : "backward", unit);
}

/** Closes what Escape closes in a browser: the modal dialog, else the newest popover. */
function closeTopmost(element: Element): void {
  const { ownerDocument } = element;
  const dialog = [...ownerDocument.querySelectorAll<HTMLDialogElement>("dialog:modal")].at(-1);
  if (dialog) {
    if (dialog.dispatchEvent(new Event("cancel", { cancelable: true }))) dialog.close();
    return;
  }
  [...ownerDocument.querySelectorAll<HTMLElement>("[popover=auto]:popover-open,[popover='']:popover-open")]
    .at(-1)
    ?.hidePopover();
}

/** Scrolls the nearest scroll container by parts of its height. */
function scroll(element: Element, x: number, y: number): void {
  const target = element.ownerDocument.scrollingElement;
  target?.scrollBy({ left: x * target.clientWidth, top: y * target.clientHeight, behavior: "instant" });
}
