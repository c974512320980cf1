import * as dom from "../core/dom.ts";
import { deepActive } from "./focus.ts";
import { owesChange } from "./pending-change.ts";
import { realm } from "./tree.ts";

/** Kinds of input that take typed text. */
const textTypes = new Set(["text", "search", "email", "tel", "url", "password", "number"]);

export type TextField = HTMLInputElement | HTMLTextAreaElement;

export function isTextField(element: Element): element is TextField {
  if (dom.localName(element) === "textarea") return true;
  return dom.localName(element) === "input" && textTypes.has(dom.type(element as HTMLInputElement));
}

export function isEditable(element: Element): boolean {
  if (isTextField(element)) return !dom.readOnly(element) && !dom.matches(element, ":disabled");
  return isRich(element);
}

/** Whether the element is edited as a document (`contenteditable`). */
export function isRich(element: Element): boolean {
  return dom.htmlName(element) !== "" && dom.isContentEditable(element as HTMLElement);
}

/** Types `text` at the caret of the field, as a person would. Line breaks become spaces where there is one line. */
export function insertText(element: Element, text: string, inputType = "insertText"): void {
  if (!isEditable(element)) return;
  const line = dom.localName(element) === "input" ? text.replace(/[\r\n]+/g, " ") : text;
  if (!announce(element, inputType, line)) return;
  const before = isTextField(element) ? dom.value(element) : undefined;
  // The browser's own editing fires trusted events, keeps undo and respects maxlength.
  if (command(element, "insertText", line) && before !== (isTextField(element) ? dom.value(element) : null))
    return;
  if (isTextField(element)) replaceSelection(element, line, inputType);
}

/** Breaks the line, or begins a paragraph where there are such. */
export function insertBreak(element: Element, name: "insertLineBreak" | "insertParagraph"): void {
  if (!isEditable(element) || !announce(element, name, null)) return;
  if (!command(element, name)) replaceSelection(element, "\n", name);
}

/** Deletes the selection, or `unit` before or after the caret. `cut` and `drag` say so to the page. */
export function deleteText(
  element: Element,
  forward: boolean,
  unit: "Content" | "Word" | "cut" | "drag",
): void {
  if (!isEditable(element)) return;
  const by = { cut: "deleteByCut", drag: "deleteByDrag", Content: undefined, Word: undefined }[unit];
  const inputType = by ?? `delete${unit}${forward ? "Forward" : "Backward"}`;
  if (unit === "Word") extend(element, forward, "word");
  if (!announce(element, inputType, null)) return;
  if (command(element, forward ? "forwardDelete" : "delete")) return;
  if (!isTextField(element)) return;
  const start = dom.selectionStart(element) ?? dom.value(element).length;
  const end = dom.selectionEnd(element) ?? start;
  if (start === end)
    selectRange(element, forward ? start : Math.max(0, start - 1), forward ? start + 1 : end);
  replaceSelection(element, "", inputType);
}

/** An editing command with an event of its own (undo, bold). */
export function perform(element: Element, name: string, inputType: string): void {
  if (isEditable(element) && announce(element, inputType, null)) command(element, name);
}

/** An editing command of the browser on the focused element; false when it did nothing. */
export function command(element: Element, name: string, value?: string): boolean {
  // Commands go where the document's focus is, which may be in the customer's hands.
  if (deepActive(dom.ownerDocument(element)) !== element && !holdsSelection(element)) return false;
  const view = realm(element);
  // The page has heard of it by `announce`. WebKit tells it once more.
  const silence = (event: Event) => event.isTrusted && event.stopImmediatePropagation();
  dom.addEventListener(view, "beforeinput", silence, true);
  try {
    const done = dom.execCommand(dom.ownerDocument(element), name, false, value);
    if (done && isTextField(element)) owesChange(element);
    return done;
  } catch {
    return false;
  } finally {
    dom.removeEventListener(view, "beforeinput", silence, true);
  }
}

/** Sets a control's value past any setter a framework put on the element. */
export function setValue(element: TextField, value: string): void {
  const { HTMLTextAreaElement, HTMLInputElement } = realm(element);
  const owner = dom.localName(element) === "textarea" ? HTMLTextAreaElement : HTMLInputElement;
  const setter = Object.getOwnPropertyDescriptor(owner.prototype, "value")?.set;
  if (setter) setter.call(element, value);
  else dom.setValue(element, value);
}

/** Tells the page that a control changed at once (a choice, a step). */
export function changed(element: Element): void {
  dom.dispatchEvent(element, new Event("input", { bubbles: true, composed: true }));
  dom.dispatchEvent(element, new Event("change", { bubbles: true }));
}

/** Sets the selection of a text field. */
export function selectRange(field: TextField, start: number, end: number, backward = false): void {
  try {
    dom.setSelectionRange(field, start, end, backward ? "backward" : "forward");
  } catch {
    // Fields of type number and email have no caret that scripts may move.
    if (end - start >= dom.value(field).length) dom.select(field);
  }
}

/** Draws the selection on from its end that moves. */
function extend(element: Element, forward: boolean, unit: string): void {
  if (!isTextField(element)) {
    const selection = dom.getSelection(dom.ownerDocument(element));
    if (selection?.isCollapsed) selection.modify("extend", forward ? "forward" : "backward", unit);
    return;
  }
  const start = dom.selectionStart(element);
  const end = dom.selectionEnd(element);
  if (start === null || start !== end) return;
  const to = wordEdge(dom.value(element), start, forward);
  selectRange(element, Math.min(start, to), Math.max(start, to));
}

/** A longer word is taken in parts, so that no text takes long. */
const LONGEST_WORD = 1_000;

/** Where the word at an offset ends, or the next one; backwards, where it begins. */
export function wordEdge(text: string, from: number, forward: boolean): number {
  return forward
    ? from +
        (/^(?:\n|[^\S\n]*(?:[\p{L}\p{N}_'’]+|[^\s\p{L}\p{N}]+)?)/u.exec(
          text.slice(from, from + LONGEST_WORD),
        )?.[0].length ?? 0)
    : from -
        (/(?:\n|(?:[\p{L}\p{N}_'’]+|[^\s\p{L}\p{N}]+)?[^\S\n]*)$/u.exec(
          text.slice(Math.max(0, from - LONGEST_WORD), from),
        )?.[0].length ?? 0);
}

/** Fires `beforeinput`, which not all engines do for editing commands. False when the page does the editing itself. */
function announce(element: Element, inputType: string, data: string | null): boolean {
  const { InputEvent, StaticRange } = realm(element);
  const selection = isTextField(element) ? null : dom.getSelection(dom.ownerDocument(element));
  const range = selection?.rangeCount ? selection.getRangeAt(0) : undefined;
  const init = { bubbles: true, cancelable: true, composed: true, inputType, data };
  return dom.dispatchEvent(
    element,
    new InputEvent("beforeinput", range ? { ...init, targetRanges: [new StaticRange(range)] } : init),
  );
}

function replaceSelection(field: Element, text: string, inputType: string): void {
  if (!isTextField(field)) return;
  const value = dom.value(field);
  const start = dom.selectionStart(field) ?? value.length;
  const end = dom.selectionEnd(field) ?? value.length;
  const most =
    dom.maxLength(field) >= 0 ? dom.maxLength(field) - (value.length - (end - start)) : text.length;
  const inserted = text.slice(0, Math.max(0, most));
  setValue(field, value.slice(0, start) + inserted + value.slice(end));
  selectRange(field, start + inserted.length, start + inserted.length);
  const { InputEvent } = realm(field);
  dom.dispatchEvent(
    field,
    new InputEvent("input", { bubbles: true, composed: true, inputType, data: text || null }),
  );
  owesChange(field);
}

/** A scroll container inside an editable document has the caret although the document's root has the focus. */
function holdsSelection(element: Element): boolean {
  const node = dom.getSelection(dom.ownerDocument(element))?.focusNode ?? null;
  return (
    isRich(element) &&
    dom.contains(element, node) &&
    dom.contains(element, deepActive(dom.ownerDocument(element)))
  );
}
