import { handledBy } from "../../core/codec/reader.ts";
import * as dom from "../../core/dom.ts";
import type { ReplicaFeature } from "../../core/replica-feature.ts";
import type { ReplicaNodes } from "../../core/tree/replica-nodes.ts";
import { keepingFocus } from "../layers/keep-focus.ts";
import { OPEN, stateAttributes } from "../styles/selectors.ts";
import { ControlState, type FormOperations, formReaders } from "./wire.ts";

const textField = new Set(["text", "search", "email", "tel", "url", "password", "number"]);

const FIELD_STEPS = 20;

/** States of masked controls, and of the forms that they are in, by the pseudo-class. */
const told = [
  ["valid", ControlState.valid],
  ["invalid", ControlState.invalid],
  ["placeholder-shown", ControlState.placeholderShown],
  ["in-range", ControlState.inRange],
  ["out-of-range", ControlState.outOfRange],
] as const;

/** Shows what form controls hold. */
export class FormsReplica implements ReplicaFeature, FormOperations {
  readonly handlers = handledBy<FormOperations>(this, formReaders);
  readonly #nodes: ReplicaNodes;
  /** Lists that are open in the page. */
  readonly #opened = new Set<Element>();

  constructor(nodes: ReplicaNodes) {
    this.#nodes = nodes;
  }

  value(id: number, value: string): void {
    const control = this.#nodes.element(id);
    if (control === undefined || dom.type(control) === "file") return;
    const { bounds } = this.#nodes;
    bounds.work(FIELD_STEPS + value.length / 2);
    this.#nodes.count(id, "text", value.length);
    dom.setValue(control, value);
    // A number field shows no bullets, and a masked one no number.
    if (dom.value(control) !== value && textField.has(dom.type(control))) {
      dom.setType(control, "text");
      dom.setValue(control, value);
    }
  }

  checked(id: number, checked: boolean, indeterminate: boolean): void {
    const input = this.#nodes.element(id);
    if (input === undefined) return;
    dom.setChecked(input, checked);
    dom.setIndeterminate(input, indeterminate);
  }

  selected(id: number, indices: readonly number[]): void {
    const select = this.#nodes.element(id);
    if (select === undefined || dom.htmlName(select) !== "select") return;
    this.#nodes.bounds.work(FIELD_STEPS + (dom.options(select)?.length ?? 0));
    if (indices.length === 0) dom.setSelectedIndex(select, -1);
    else if (dom.multiple(select)) {
      const chosen = new Set(indices);
      for (const option of dom.options(select) as HTMLOptionsCollection)
        dom.setSelected(option, chosen.has(dom.index(option)));
    } else dom.setSelectedIndex(select, indices[0] as number);
  }

  /** A list that the page itself draws is opened; a native one would cover the agent's screen. */
  #open(list: Element, open: boolean): void {
    dom.toggleAttribute(list, OPEN, open);
    if (open) this.#opened.add(list);
    else this.#opened.delete(list);
    const view = dom.viewOf(list);
    if (!view || dom.getComputedStyle(view, list).getPropertyValue("appearance") !== "base-select") return;
    if (open === dom.matches(list, ":open")) return;
    if (!open) {
      // Nothing else closes it.
      const style = dom.style(list);
      const { display } = style;
      style.display = "none";
      dom.getClientRects(list);
      style.display = display;
      return;
    }
    try {
      keepingFocus(list, () => dom.showPicker(list as HTMLSelectElement));
    } catch {
      // Browsers open lists only soon after a hand was at work: the agent's next key or press will do.
      const again = () => {
        if (this.#opened.has(list) && dom.isConnected(list)) this.#open(list, true);
      };
      for (const type of ["pointerup", "keydown"])
        dom.addEventListener(window, type, again, { once: true, capture: true });
    }
  }

  /** State that a stylesheet or the browser's own look asks for. */
  controlState(id: number, bits: number): void {
    const control = this.#nodes.element(id);
    if (!control || !/^(?:input|textarea|select|form|fieldset)$/.test(dom.htmlName(control))) return;
    dom.setCustomValidity(control, bits & ControlState.customError ? " " : "");
    dom.toggleAttribute(control, stateAttributes.userInvalid, (bits & ControlState.userInvalid) !== 0);
    dom.toggleAttribute(control, stateAttributes.userValid, (bits & ControlState.userValid) !== 0);
    dom.toggleAttribute(control, stateAttributes.autofill, (bits & ControlState.autofill) !== 0);
    const open = (bits & ControlState.open) !== 0;
    if (open || this.#opened.has(control)) this.#open(control, open);
    for (const [state, bit] of told) {
      dom.toggleAttribute(control, `data-copane-${state}`, (bits & bit) !== 0);
      const not = (bits & (bit | ControlState.told)) === ControlState.told;
      dom.toggleAttribute(control, `data-copane-not-${state}`, not);
    }
  }
}
