import * as dom from "../core/dom.ts";
import { changed, isTextField, setValue } from "./editing.ts";
import { owesChange, tellChange } from "./pending-change.ts";
import { RefusedError } from "./refusal.ts";

/** Kinds of input whose value is picked rather than typed. */
const picked = new Set(["date", "time", "month", "week", "datetime-local", "color", "range"]);

/** Chooses options of a list by index. */
export function chooseOptions(select: HTMLSelectElement, indices: readonly number[]): void {
  if (dom.matches(select, ":disabled")) return;
  const chosen = new Set(indices);
  let different = false;
  for (const option of dom.options(select)) {
    const selected = chosen.has(dom.index(option)) && !dom.matches(option, ":disabled");
    different ||= dom.selected(option) !== selected;
    if (dom.multiple(select)) dom.setSelected(option, selected);
  }
  const first = dom.options(select)[indices[0] ?? -1];
  if (!dom.multiple(select) && first && !dom.matches(first, ":disabled"))
    dom.setSelectedIndex(select, dom.index(first));
  if (different) changed(select);
}

/**
 * Sets the value of a field whose value is picked, or of one with suggestions. `done` is false while a
 * colour is still being picked. Throws RefusedError for anything else.
 */
export function chooseValue(element: Element, value: string, done: boolean): void {
  const input = element as HTMLInputElement;
  const may =
    dom.localName(element) === "input" &&
    (picked.has(dom.type(input)) || (dom.list(input) && isTextField(input)));
  if (!may) throw new RefusedError("gone");
  if (dom.matches(input, ":disabled") || dom.readOnly(input)) return;
  const before = dom.value(input);
  setValue(input, value);
  if (dom.value(input) !== before)
    dom.dispatchEvent(input, new Event("input", { bubbles: true, composed: true }));
  if (done) {
    // What was typed before gets its `change` event together with this.
    owesChange(input);
    tellChange(input);
  }
}
