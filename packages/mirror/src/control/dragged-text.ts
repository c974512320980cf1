import * as dom from "../core/dom.ts";
import { fieldOffset, placeAt } from "./caret.ts";
import { deleteText, insertText, isEditable, isTextField, selectRange, type TextField } from "./editing.ts";
import { deepActive } from "./focus.ts";
import { editingHost } from "./hands.ts";
import type { Moment } from "./moment.ts";

/** The field's caret, or the place in a document, where something is dropped. */
type Spot = { field: TextField; offset: number } | { range: Range };

/** Selected text that the agent presses on, and so may drag. */
export class DraggedText {
  readonly text: string;
  /** The field or editable document that it would be taken from. */
  readonly #host: Element | undefined;
  readonly #start: number;
  readonly #end: number;

  private constructor(text: string, host: Element | undefined, start = 0, end = 0) {
    this.text = text;
    this.#host = host;
    this.#start = start;
    this.#end = end;
  }

  /**
   * What is selected where the pointer is; undefined when nothing is, or when `may` forbids a part of it: dropped
   * into a field that the agent sees, masked text would be read there.
   */
  static at(element: Element, moment: Moment, may: (element: Element) => boolean): DraggedText | undefined {
    if (isTextField(element)) {
      const start = dom.selectionStart(element);
      const end = dom.selectionEnd(element);
      const value = dom.value(element);
      if (start === null || end === null || start === end) return undefined;
      if (deepActive(dom.ownerDocument(element)) !== element) return undefined;
      const at = fieldOffset(element, moment, -1);
      if (at < start || at >= end) return undefined;
      return new DraggedText(value.slice(start, end), isEditable(element) ? element : undefined, start, end);
    }
    const selection = dom.getSelection(dom.ownerDocument(element));
    if (!selection || selection.isCollapsed) return undefined;
    const { clientX: x, clientY: y } = moment;
    const hit = [...selection.getRangeAt(0).getClientRects()].some(
      ({ left, right, top, bottom }) => x >= left && x < right && y >= top && y < bottom,
    );
    const text = selection.toString();
    return hit && text && allows(selection.getRangeAt(0), may)
      ? new DraggedText(text, editingHost(element))
      : undefined;
  }

  /** Whether it would be dropped onto itself. */
  holds(spot: Spot): boolean {
    if ("field" in spot)
      return spot.field === this.#host && spot.offset >= this.#start && spot.offset <= this.#end;
    const ownerDocument = dom.ownerDocument(spot.range.startContainer);
    const selection = ownerDocument && dom.getSelection(ownerDocument);
    return (
      this.#host !== undefined &&
      !isTextField(this.#host) &&
      selection?.rangeCount === 1 &&
      selection.getRangeAt(0).isPointInRange(spot.range.startContainer, spot.range.startOffset)
    );
  }

  /** Takes it away from where it was; the spot it goes to moves along. */
  remove(spot: Spot): void {
    const host = this.#host;
    if (!host) return;
    if (isTextField(host)) {
      selectRange(host, this.#start, this.#end);
      if ("field" in spot && spot.field === host && spot.offset > this.#end)
        spot.offset -= this.#end - this.#start;
    }
    deleteText(host, false, "drag");
  }
}

/**
 * Inserts text where it was dropped, and selects it, as browsers do. What it was moved from loses it first.
 * `focus` is false while the customer needs the document's focus.
 */
export function dropText(
  host: Element,
  moment: Moment,
  text: string,
  from: DraggedText | undefined,
  { move, focus }: { move: boolean; focus: boolean },
): void {
  const spot = spotAt(host, moment);
  if (!spot || from?.holds(spot)) return;
  if (move) from?.remove(spot);
  if (focus) dom.focus(host as HTMLElement, { preventScroll: true });
  if ("field" in spot) {
    const { field, offset } = spot;
    selectRange(field, offset, offset);
    insertText(field, text, "insertFromDrop");
    selectRange(field, offset, dom.selectionEnd(field) ?? offset);
    return;
  }
  const selection = dom.getSelection(dom.ownerDocument(host));
  selection?.collapse(spot.range.startContainer, spot.range.startOffset);
  insertText(host, text, "insertFromDrop");
}

function allows(range: Range, may: (element: Element) => boolean): boolean {
  const { commonAncestorContainer: top } = range;
  const texts = dom.createNodeIterator(dom.ownerDocument(top) ?? document, top, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const parent = dom.parentElement(text);
    if (range.intersectsNode(text) && parent && !may(parent)) return false;
  }
  return true;
}

function spotAt(host: Element, moment: Moment): Spot | undefined {
  if (isTextField(host)) return { field: host, offset: fieldOffset(host, moment) };
  const range = dom.createRange(dom.ownerDocument(host));
  const place = placeAt(host, moment);
  if (place && dom.contains(host, place.node)) range.setStart(place.node, place.offset);
  else {
    range.selectNodeContents(host);
    range.collapse(false);
  }
  range.collapse(true);
  return { range };
}
