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
  if (element.localName === "select") stepSelect(element as HTMLSelectElement, key, forward, init);
  else if (element.matches("input[type=radio]")) stepRadio(element as HTMLInputElement, forward, may);
  else if (element.matches("input[type=range]")) stepInput(element as HTMLInputElement, key);
  else if (vertical && element.matches(`input[type=number],${steppedInput}`)) {
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
  const step = key.startsWith("Arrow") ? 40 : /^(Home|End)$/.test(key) ? 1e7 : target.clientHeight * 0.875;
  target.scrollBy({
    left: horizontal ? sign * step : 0,
    top: horizontal ? 0 : sign * step,
    behavior: "instant",
  });
}

/** The nearest element at or above that can still scroll in a direction. */
export function scrollable(element: Element, dx: number, dy: number): Element | undefined {
  const { documentElement, body, scrollingElement } = element.ownerDocument;
  for (let up: Element | null = element; up !== null; up = flatParent(up)) {
    if (up === documentElement || up === body) break;
    const { overflowX, overflowY } = realm(up).getComputedStyle(up);
    if (dy && rolls(overflowY) && room(up.scrollTop, up.scrollHeight - up.clientHeight, dy)) return up;
    if (dx && rolls(overflowX) && room(up.scrollLeft, up.scrollWidth - up.clientWidth, dx)) return up;
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
  if (input.matches(":disabled") || input.readOnly) return;
  const scratch = input.cloneNode() as HTMLInputElement;
  scratch.value = input.value;
  const steps = key.startsWith("Page") ? 10 : 1;
  if (key === "Home") scratch.value = input.min || "0";
  else if (key === "End") scratch.value = input.max || "100";
  else if (key === "ArrowUp" || key === "ArrowRight" || key === "PageUp") scratch.stepUp(steps);
  else scratch.stepDown(steps);
  if (scratch.value === input.value) return;
  setValue(input, scratch.value);
  changed(input);
}

function stepRadio(radio: HTMLInputElement, forward: boolean, may: (element: Element) => boolean): void {
  const group = radioGroup(radio).filter(may);
  const next = group[(group.indexOf(radio) + (forward ? 1 : group.length - 1)) % group.length];
  if (!next || next === radio) return;
  next.focus();
  next.click();
}

function stepSelect(select: HTMLSelectElement, key: string, forward: boolean, init: KeyboardEventInit): void {
  const edge = key === "Home" || key === "End";
  const from = edge ? (forward ? select.options.length : -1) : lastSelected(select, forward);
  // From an edge the search goes inwards.
  const step = edge !== forward ? 1 : -1;
  const far = key.startsWith("Page") ? 10 : 1;
  let index = from + step * far;
  index = Math.min(Math.max(index, edge ? index : 0), edge ? index : select.options.length - 1);
  while (select.options[index] && isOff(select.options[index] as HTMLOptionElement)) index += step;
  chooseOption(select, index, select.multiple && init.shiftKey === true);
}

function lastSelected(select: HTMLSelectElement, forward: boolean): number {
  const selected = [...select.selectedOptions];
  return (forward ? selected.at(-1) : selected[0])?.index ?? -1;
}

function chooseOption(select: HTMLSelectElement, index: number, add = false): void {
  const option = select.options[index];
  if (!option || select.matches(":disabled") || isOff(option)) return;
  if (option.selected && select.selectedOptions.length === 1) return;
  if (add) option.selected = true;
  else select.selectedIndex = index;
  changed(select);
}

function isOff(option: HTMLOptionElement): boolean {
  return option.matches(":disabled") || option.hidden;
}

const searches = new WeakMap<HTMLSelectElement, { text: string; at: number }>();

/** Chooses the next option that begins with what was typed in a row. */
export function searchSelect(select: HTMLSelectElement, letter: string): void {
  const former = searches.get(select);
  const at = performance.now();
  const text = ((former && at - former.at < SEARCH_MS ? former.text : "") + letter).toLowerCase();
  searches.set(select, { text, at });
  const options = [...select.options];
  // The same letter again goes on to the next one.
  const repeated = [...text].every((one) => one === text[0]);
  const wanted = repeated ? (text[0] ?? "") : text;
  const from = select.selectedIndex + (repeated ? 1 : 0);
  const turned = [...options.slice(from), ...options.slice(0, from)];
  const found = turned.find((one) => !isOff(one) && one.label.trim().toLowerCase().startsWith(wanted));
  if (found) chooseOption(select, found.index);
}

function moveSelection(element: Element, key: string, forward: boolean, init: KeyboardEventInit): void {
  const far = init.ctrlKey || init.metaKey;
  const edge = key === "Home" || key === "End";
  const vertical = key === "ArrowUp" || key === "ArrowDown";
  let unit = far || init.altKey ? "word" : "character";
  if (edge) unit = far ? "documentboundary" : "lineboundary";
  else if (vertical) unit = far ? "paragraph" : "line";
  const selection = element.ownerDocument.getSelection();
  const repeat = key.startsWith("Page") ? 10 : 1;
  for (let i = 0; i < repeat; i++) {
    selection?.modify(
      init.shiftKey ? "extend" : "move",
      forward ? "forward" : "backward",
      repeat > 1 ? "line" : unit,
    );
  }
}
