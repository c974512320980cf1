import * as dom from "../core/dom.ts";
import { changed, isEditable, isTextField, setValue } from "./editing.ts";
import { isReachedByModify, moveCaret } from "./field-caret.ts";
import { radioGroup } from "./focus.ts";
import { flatParent, realm } from "./tree.ts";

/** A letter this long after the last one begins a new search in a list, in milliseconds. */
const SEARCH_MS = 1_000;

const steppedInput = "input:is([type=date],[type=time],[type=month],[type=week],[type=datetime-local])";

/** What an arrow, Home, End or Page key does in the element that has the focus. */
export function navigate(
  element: Element,
  key: string,
  init: KeyboardEventInit,
  may: (element: Element) => boolean,
): void {
  const forward = key === "ArrowRight" || key === "ArrowDown" || key === "End" || key === "PageDown";
  const vertical = key === "ArrowUp" || key === "ArrowDown";
  if (dom.localName(element) === "select") stepSelect(element as HTMLSelectElement, key, forward, init);
  else if (dom.matches(element, "input[type=radio]")) stepRadio(element as HTMLInputElement, forward, may);
  else if (dom.matches(element, "input[type=range]")) stepInput(element as HTMLInputElement, key);
  else if (vertical && dom.matches(element, `input[type=number],${steppedInput}`)) {
    stepInput(element as HTMLInputElement, key);
  } else if (isTextField(element) && !isReachedByModify(element)) moveCaret(element, key, init);
  else if (isEditable(element) || isTextField(element)) moveSelection(element, key, forward, init);
  else scrollByKey(element, key);
}

/** Scrolls as the browser does for a key that nobody used. */
export function scrollByKey(element: Element, key: string): void {
  const sign = /^(ArrowUp|ArrowLeft|PageUp|Home)$/.test(key) ? -1 : 1;
  const horizontal = key === "ArrowLeft" || key === "ArrowRight";
  const target = scrollable(element, horizontal ? sign : 0, horizontal ? 0 : sign);
  if (!target) return;
  const step = key.startsWith("Arrow")
    ? 40
    : /^(Home|End)$/.test(key)
      ? 1e7
      : dom.clientHeight(target) * 0.875;
  dom.scrollBy(target, {
    left: horizontal ? sign * step : 0,
    top: horizontal ? 0 : sign * step,
    behavior: "instant",
  });
}

/** The nearest element at or above that can still scroll in a direction. */
export function scrollable(element: Element, dx: number, dy: number): Element | undefined {
  const ownerDocument = dom.ownerDocument(element);
  const documentElement = dom.documentElement(ownerDocument);
  const body = dom.body(ownerDocument);
  const scrollingElement = dom.scrollingElement(ownerDocument);
  for (let up: Element | null = element; up !== null; up = flatParent(up)) {
    if (up === documentElement || up === body) break;
    const { overflowX, overflowY } = dom.getComputedStyle(realm(up), up);
    if (dy && rolls(overflowY) && room(dom.scrollTop(up), dom.scrollHeight(up) - dom.clientHeight(up), dy))
      return up;
    if (dx && rolls(overflowX) && room(dom.scrollLeft(up), dom.scrollWidth(up) - dom.clientWidth(up), dx))
      return up;
  }
  return scrollingElement ?? undefined;
}

function rolls(overflow: string): boolean {
  return overflow === "auto" || overflow === "scroll";
}

function room(at: number, most: number, delta: number): boolean {
  return delta < 0 ? at > -most : at < most - 1;
}

function stepInput(input: HTMLInputElement, key: string): void {
  if (dom.matches(input, ":disabled") || dom.readOnly(input)) return;
  const scratch = dom.cloneNode(input) as HTMLInputElement;
  dom.setValue(scratch, dom.value(input));
  const steps = key.startsWith("Page") ? 10 : 1;
  if (key === "Home") dom.setValue(scratch, dom.min(input) || "0");
  else if (key === "End") dom.setValue(scratch, dom.max(input) || "100");
  else if (key === "ArrowUp" || key === "ArrowRight" || key === "PageUp") dom.stepUp(scratch, steps);
  else dom.stepDown(scratch, steps);
  if (dom.value(scratch) === dom.value(input)) return;
  setValue(input, dom.value(scratch));
  changed(input);
}

function stepRadio(radio: HTMLInputElement, forward: boolean, may: (element: Element) => boolean): void {
  const group = radioGroup(radio).filter(may);
  const next = group[(group.indexOf(radio) + (forward ? 1 : group.length - 1)) % group.length];
  if (!next || next === radio) return;
  dom.focus(next);
  dom.click(next);
}

function stepSelect(select: HTMLSelectElement, key: string, forward: boolean, init: KeyboardEventInit): void {
  const edge = key === "Home" || key === "End";
  const from = edge ? (forward ? dom.options(select).length : -1) : lastSelected(select, forward);
  // From an edge the search goes inwards.
  const step = edge !== forward ? 1 : -1;
  const far = key.startsWith("Page") ? 10 : 1;
  let index = from + step * far;
  index = Math.min(Math.max(index, edge ? index : 0), edge ? index : dom.options(select).length - 1);
  while (dom.options(select)[index] && isOff(dom.options(select)[index] as HTMLOptionElement)) index += step;
  chooseOption(select, index, dom.multiple(select) && init.shiftKey === true);
}

function lastSelected(select: HTMLSelectElement, forward: boolean): number {
  const selected = [...dom.selectedOptions(select)];
  const last = forward ? selected.at(-1) : selected[0];
  return last ? dom.index(last) : -1;
}

function chooseOption(select: HTMLSelectElement, index: number, add = false): void {
  const option = dom.options(select)[index];
  if (!option || dom.matches(select, ":disabled") || isOff(option)) return;
  if (dom.selected(option) && dom.selectedOptions(select).length === 1) return;
  if (add) dom.setSelected(option, true);
  else dom.setSelectedIndex(select, index);
  changed(select);
}

function isOff(option: HTMLOptionElement): boolean {
  return dom.matches(option, ":disabled") || dom.hidden(option) === true;
}

const searches = new WeakMap<HTMLSelectElement, { text: string; at: number }>();

/** Chooses the next option that begins with what was typed in a row. */
export function searchSelect(select: HTMLSelectElement, letter: string): void {
  const former = searches.get(select);
  const at = performance.now();
  const text = ((former && at - former.at < SEARCH_MS ? former.text : "") + letter).toLowerCase();
  searches.set(select, { text, at });
  const options = [...dom.options(select)];
  // The same letter again goes on to the next one.
  const repeated = [...text].every((one) => one === text[0]);
  const wanted = repeated ? (text[0] ?? "") : text;
  const from = dom.selectedIndex(select) + (repeated ? 1 : 0);
  const turned = [...options.slice(from), ...options.slice(0, from)];
  const found = turned.find((one) => !isOff(one) && dom.label(one).trim().toLowerCase().startsWith(wanted));
  if (found) chooseOption(select, dom.index(found));
}

function moveSelection(element: Element, key: string, forward: boolean, init: KeyboardEventInit): void {
  const far = init.ctrlKey || init.metaKey;
  const edge = key === "Home" || key === "End";
  const vertical = key === "ArrowUp" || key === "ArrowDown";
  let unit = far || init.altKey ? "word" : "character";
  if (edge) unit = far ? "documentboundary" : "lineboundary";
  else if (vertical) unit = far ? "paragraph" : "line";
  const selection = dom.getSelection(dom.ownerDocument(element));
  const repeat = key.startsWith("Page") ? 10 : 1;
  for (let i = 0; i < repeat; i++) {
    selection?.modify(
      init.shiftKey ? "extend" : "move",
      forward ? "forward" : "backward",
      repeat > 1 ? "line" : unit,
    );
  }
}
