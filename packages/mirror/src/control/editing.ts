/** Kinds of input that take typed text. */
const textTypes = new Set(["text", "search", "email", "tel", "url", "password", "number"]);

/** Fields we changed by script, which owe their `change` event when they lose the focus. */
const owesChange = new WeakSet<Element>();

export function isTextField(element: Element): element is HTMLInputElement | HTMLTextAreaElement {
  if (element.localName === "textarea") return true;
  return element.localName === "input" && textTypes.has((element as HTMLInputElement).type);
}

export function isEditable(element: Element): boolean {
  if (isTextField(element)) return !element.readOnly && !element.disabled;
  return (element as HTMLElement).isContentEditable === true;
}

/** Types `text` at the caret of the focused field, as a person would. */
export function insertText(element: Element, text: string): void {
  if (!isEditable(element)) return;
  const oneLine = element.localName === "input" ? text.replace(/[\r\n]+/g, " ") : text;
  const before = isTextField(element) ? element.value : undefined;
  // The browser's own editing fires trusted events, keeps undo and respects maxlength.
  if (command(element, "insertText", oneLine) && before !== (isTextField(element) ? element.value : null))
    return;
  if (isTextField(element)) replaceSelection(element, oneLine);
}

/** Deletes the selection, or `unit` before or after the caret. */
export function deleteText(element: Element, forward: boolean, unit: "character" | "word"): void {
  if (!isEditable(element)) return;
  if (unit === "word") extendByWord(element, forward);
  if (command(element, forward ? "forwardDelete" : "delete")) return;
  if (isTextField(element)) {
    const start = element.selectionStart ?? element.value.length;
    const end = element.selectionEnd ?? start;
    if (start === end)
      selectRange(element, forward ? start : Math.max(0, start - 1), forward ? start + 1 : end);
    replaceSelection(element, "");
  }
}

/** An editing command of the browser on the focused element; false when it did nothing. */
export function command(element: Element, name: string, value?: string): boolean {
  try {
    return element.ownerDocument.execCommand(name, false, value);
  } catch {
    return false;
  }
}

/** Sets a control's value past any setter a framework put on the element, and says so by events. */
export function setValue(element: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  const view = element.ownerDocument.defaultView as (Window & typeof globalThis) | null;
  const prototype =
    element.localName === "textarea" ? view?.HTMLTextAreaElement.prototype : view?.HTMLInputElement.prototype;
  const setter = prototype && Object.getOwnPropertyDescriptor(prototype, "value")?.set;
  if (setter) setter.call(element, value);
  else element.value = value;
}

/** Tells the page that a control changed at once (a choice, a slider). */
export function changed(element: Element): void {
  element.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  element.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Moves the caret of a text field. */
export function selectRange(field: HTMLInputElement | HTMLTextAreaElement, start: number, end: number): void {
  try {
    field.setSelectionRange(start, end);
  } catch {
    // Fields of type number and email have no caret that scripts may move.
  }
}

function replaceSelection(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  const { value } = field;
  const start = field.selectionStart ?? value.length;
  const end = field.selectionEnd ?? value.length;
  const inputType = text ? "insertText" : "deleteContentBackward";
  const init = { bubbles: true, composed: true, inputType, data: text || null };
  if (!field.dispatchEvent(new InputEvent("beforeinput", { ...init, cancelable: true }))) return;
  const most = field.maxLength >= 0 ? field.maxLength - (value.length - (end - start)) : text.length;
  const inserted = text.slice(0, Math.max(0, most));
  setValue(field, value.slice(0, start) + inserted + value.slice(end));
  selectRange(field, start + inserted.length, start + inserted.length);
  field.dispatchEvent(new InputEvent("input", init));
  if (owesChange.has(field)) return;
  owesChange.add(field);
  field.addEventListener(
    "blur",
    () => {
      owesChange.delete(field);
      field.dispatchEvent(new Event("change", { bubbles: true }));
    },
    { once: true },
  );
}

function extendByWord(element: Element, forward: boolean): void {
  if (!isTextField(element)) {
    element.ownerDocument.getSelection()?.modify("extend", forward ? "forward" : "backward", "word");
    return;
  }
  const start = element.selectionStart;
  if (start === null || start !== element.selectionEnd) return;
  const { value } = element;
  const length = forward
    ? (/^\s*\S+/.exec(value.slice(start))?.[0].length ?? 0)
    : (/\S+\s*$/.exec(value.slice(0, start))?.[0].length ?? 0);
  selectRange(element, forward ? start : start - length, forward ? start + length : start);
}
