import * as dom from "../core/dom.ts";
import { selectRange, type TextField, wordEdge } from "./editing.ts";
import { nearestStop, withLayout } from "./field-layout.ts";
import { deepActive } from "./focus.ts";
import { realm } from "./tree.ts";

/** Rows that PageUp and PageDown go over. */
const PAGE_ROWS = 10;

/** Whether `Selection.modify` reaches into text areas, by window: in Firefox it does not. */
const reaching = new WeakMap<Window, boolean>();

/** Whether the caret of this field can be moved by `Selection.modify`, which knows where lines break. */
export function isReachedByModify(area: TextField): boolean {
  if (dom.localName(area) !== "textarea") return false;
  // It moves what the document's focus is in, which may be the customer's.
  if (deepActive(dom.ownerDocument(area)) !== area) return false;
  const view = realm(area);
  const known = reaching.get(view);
  if (known !== undefined || dom.value(area) === "") return known ?? true;
  const selectionStart = dom.selectionStart(area);
  const selectionEnd = dom.selectionEnd(area);
  const selectionDirection = dom.selectionDirection(area);
  dom.setSelectionRange(area, 0, 0);
  dom.getSelection(dom.ownerDocument(area))?.modify("move", "forward", "character");
  const reaches = dom.selectionStart(area) !== 0;
  dom.setSelectionRange(area, selectionStart, selectionEnd, selectionDirection ?? undefined);
  reaching.set(view, reaches);
  return reaches;
}

/** Moves the caret of a field for an arrow, Home, End or Page key. */
export function moveCaret(field: TextField, key: string, init: KeyboardEventInit): void {
  const selectionStart = dom.selectionStart(field);
  const selectionEnd = dom.selectionEnd(field);
  const selectionDirection = dom.selectionDirection(field);
  if (selectionStart === null || selectionEnd === null) return;
  const backward = selectionDirection === "backward";
  const anchor = backward ? selectionEnd : selectionStart;
  const focus = backward ? selectionStart : selectionEnd;
  const forward = /^(ArrowRight|ArrowDown|End|PageDown)$/.test(key);
  let to: number | undefined;
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const collapses = !init.shiftKey && selectionStart !== selectionEnd;
    if (init.ctrlKey || init.altKey) to = wordEdge(dom.value(field), focus, forward);
    else if (collapses) to = forward ? selectionEnd : selectionStart;
    else to = Math.min(Math.max(focus + (forward ? 1 : -1), 0), dom.value(field).length);
  } else if (dom.localName(field) === "textarea") {
    to = targetInArea(field as HTMLTextAreaElement, focus, key, forward, init.ctrlKey || init.metaKey);
  } else if (!key.startsWith("Page")) to = forward ? dom.value(field).length : 0;
  if (to === undefined) return;
  if (init.shiftKey) selectRange(field, Math.min(anchor, to), Math.max(anchor, to), to < anchor);
  else selectRange(field, to, to);
}

/** Where a key leads from an offset of a text area whose lines may be broken; undefined when nothing tells. */
function targetInArea(
  area: HTMLTextAreaElement,
  from: number,
  key: string,
  forward: boolean,
  far: boolean | undefined,
): number | undefined {
  const value = dom.value(area);
  const edge = forward ? value.length : 0;
  const vertical = key.startsWith("Arrow");
  if (far && !vertical) return edge;
  if (far) return paragraphEdge(value, from, forward);
  return withLayout(area, (layout) => {
    const row = layout.row(from);
    if (!vertical && !key.startsWith("Page")) return row?.stops.at(forward ? -1 : 0)?.offset;
    const x = row?.stops.find(({ offset }) => offset === from)?.x ?? 0;
    const next = layout.row(from, (forward ? 1 : -1) * (vertical ? 1 : PAGE_ROWS));
    return next ? nearestStop(next, x) : edge;
  });
}

/** Where the line of the value ends that follows an offset, or where the one before it begins. */
function paragraphEdge(value: string, from: number, forward: boolean): number {
  if (!forward) return from === 0 ? 0 : value.lastIndexOf("\n", from - 2) + 1;
  const end = value.indexOf("\n", from + 1);
  return end === -1 ? value.length : end;
}
