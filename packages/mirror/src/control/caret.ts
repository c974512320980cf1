import { caretAt } from "../core/caret-at.ts";
import * as dom from "../core/dom.ts";
import { isRich, isTextField, selectRange, type TextField, wordEdge } from "./editing.ts";
import { withLayout } from "./field-layout.ts";
import type { Moment } from "./moment.ts";
import { nearest, realm } from "./tree.ts";

interface Place {
  node: Node;
  offset: number;
}

/** Selecting text by the agent's pointer: a click puts the caret, two take the word, three the line. */
export class TextSelection {
  readonly #field: TextField | undefined;
  readonly #selection: Selection | null;
  readonly #anchor: number;

  private constructor(element: Element, anchor: number) {
    this.#field = isTextField(element) ? element : undefined;
    this.#selection = dom.getSelection(dom.ownerDocument(element));
    this.#anchor = anchor;
  }

  /** The button went down on `element`; undefined where nothing can be selected. */
  static press(element: Element, moment: Moment, clicks: number): TextSelection | undefined {
    if (isTextField(element)) return TextSelection.#pressField(element, moment, clicks);
    if (nearest(element, (up) => dom.matches(up, "button,select,input,option"))) return undefined;
    const style = dom.getComputedStyle(window, element);
    if ((style.userSelect || style.webkitUserSelect) === "none" && !isRich(element)) return undefined;
    const selection = dom.getSelection(dom.ownerDocument(element));
    const place = placeAt(element, moment);
    if (!selection) return undefined;
    if (!place) {
      if (isRich(element)) {
        selection.selectAllChildren(element);
        selection.collapseToEnd();
      } else selection.removeAllRanges();
      return undefined;
    }
    if (!dom.dispatchEvent(place.node, new Event("selectstart", { bubbles: true, cancelable: true })))
      return undefined;
    if (moment.shiftKey && selection.rangeCount) selection.extend(place.node, place.offset);
    else selection.collapse(place.node, place.offset);
    if (clicks > 1) {
      const unit = clicks === 2 ? "word" : "paragraphboundary";
      selection.modify("move", "backward", unit);
      selection.modify("extend", "forward", unit);
      trimEnd(selection);
    }
    return new TextSelection(element, 0);
  }

  static #pressField(field: TextField, moment: Moment, clicks: number): TextSelection {
    const offset = fieldOffset(field, moment);
    const selectionStart = dom.selectionStart(field);
    const selectionEnd = dom.selectionEnd(field);
    const selectionDirection = dom.selectionDirection(field);
    const value = dom.value(field);
    let anchor = offset;
    if (clicks > 2) selectRange(field, 0, value.length);
    else if (clicks === 2) selectRange(field, wordEdge(value, offset, false), endOfWord(value, offset));
    else if (moment.shiftKey && selectionStart !== null) {
      anchor = (selectionDirection === "backward" ? selectionEnd : selectionStart) ?? offset;
      draw(field, anchor, offset);
    } else selectRange(field, offset, offset);
    return new TextSelection(field, anchor);
  }

  /** The pointer was drawn on. */
  draw(element: Element, moment: Moment): void {
    if (this.#field) {
      draw(this.#field, this.#anchor, fieldOffset(this.#field, moment, this.#anchor));
      return;
    }
    const place = placeAt(element, moment);
    if (
      place &&
      this.#selection?.rangeCount &&
      dom.ownerDocument(place.node) === dom.ownerDocument(element)
    ) {
      this.#selection.extend(place.node, place.offset);
    }
  }
}

function draw(field: TextField, anchor: number, to: number): void {
  selectRange(field, Math.min(anchor, to), Math.max(anchor, to), to < anchor);
}

/** Where in a field's text the pointer is; `otherwise` when the pointer is elsewhere. */
export function fieldOffset(field: TextField, moment: Moment, otherwise = dom.value(field).length): number {
  const { clientX, clientY } = moment;
  const root = dom.getRootNode(field) as Document | ShadowRoot;
  // What lies over the page there (our own panel) is not what was pressed.
  if (dom.elementFromPoint(root, clientX, clientY) !== field) return otherwise;
  const told = offsetToldByBrowser(field, moment);
  return told ?? withLayout(field, (layout) => layout.offsetAt(clientX, clientY)) ?? otherwise;
}

/** Undefined where the browser has no such interface (WebKit), or what it says may be no offset of the text. */
function offsetToldByBrowser(field: TextField, moment: Moment): number | undefined {
  if (!("caretPositionFromPoint" in Document.prototype)) return undefined;
  const place = placeAt(field, moment);
  if (place?.node !== field) return undefined;
  // Below the text of a text area Firefox counts the nodes inside of it, which are two at most.
  const counted =
    dom.localName(field) === "textarea" && place.offset <= 2 && dom.value(field).length > place.offset;
  const { fontSize, paddingTop } = dom.getComputedStyle(realm(field), field);
  const firstRow =
    dom.getBoundingClientRect(field).top + Number.parseFloat(paddingTop) + Number.parseFloat(fontSize);
  return counted && moment.clientY > firstRow ? undefined : place.offset;
}

function endOfWord(text: string, from: number): number {
  return /\s/.test(text[from] ?? " ") ? from : wordEdge(text, from, true);
}

/** Some platforms take the space after a word along. */
function trimEnd(selection: Selection): void {
  if (/\S\s+$/.test(selection.toString())) selection.modify("extend", "backward", "character");
}

/** Where in the text a point of the viewport lies, as far as the browser tells. */
export function placeAt(element: Element, { clientX, clientY }: Moment): Place | undefined {
  const place = caretAt(element, clientX, clientY);
  if (!place) return undefined;
  const { node } = place;
  // What lies over the page there (our own panel) is not what was pressed.
  if (!(dom.contains(element, node) || dom.contains(node, element))) {
    const sibling = !isTextField(element) && dom.getRootNode(element) === dom.getRootNode(node);
    if (!sibling) return undefined;
  }
  return place;
}
