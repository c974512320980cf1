import { changed, isTextField, setValue } from "./editing.ts";
import { owesChange, tellChange } from "./pending-change.ts";
import { RefusedError } from "./refusal.ts";

/** Kinds of input whose value is picked rather than typed. */
const picked = new Set(["date", "time", "month", "week", "datetime-local", "color", "range"]);

/** Chooses options of a list by index. */
export function chooseOptions(select: HTMLSelectElement, indices: readonly number[]): void {
  if (select.matches(":disabled")) return;
  const chosen = new Set(indices);
  let different = false;
  for (const option of select.options) {
    const selected = chosen.has(option.index) && !option.matches(":disabled");
    different ||= option.selected !== selected;
    if (select.multiple) option.selected = selected;
  }
  const first = select.options[indices[0] ?? -1];
  if (!select.multiple && first && !first.matches(":disabled")) select.selectedIndex = first.index;
  if (different) changed(select);
}

/**
 * Sets the value of a field whose value is picked, or of one with suggestions. `done` is false while a
 * colour is still being picked. Throws RefusedError for anything else.
 */
export function chooseValue(element: Element, value: string, done: boolean): void {
  const input = element as HTMLInputElement;
  const may = element.localName === "input" && (picked.has(input.type) || (input.list && isTextField(input)));
  if (!may) throw new RefusedError("gone");
  if (input.matches(":disabled") || input.readOnly) return;
  const before = input.value;
  setValue(input, value);
  if (input.value !== before) input.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  if (done) {
    // One event for what was typed before, too.
    owesChange(input);
    tellChange(input);
  }
}
