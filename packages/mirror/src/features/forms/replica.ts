import { handledBy } from "../../core/codec/reader.ts";
import type { ReplicaFeature } from "../../core/replica-feature.ts";
import type { ReplicaNodes } from "../../core/tree/replica-nodes.ts";
import { stateAttributes } from "../styles/selectors.ts";
import { ControlState, type FormOperations, formReaders } from "./wire.ts";

const textField = new Set(["text", "search", "email", "tel", "url", "password", "number"]);

/** Shows what form controls hold. */
export class FormsReplica implements ReplicaFeature, FormOperations {
  readonly handlers = handledBy<FormOperations>(this, formReaders);
  readonly #nodes: ReplicaNodes;

  constructor(nodes: ReplicaNodes) {
    this.#nodes = nodes;
  }

  value(id: number, value: string): void {
    const control = this.#nodes.element(id);
    if (control === undefined || !("value" in control)) return;
    const input = control as HTMLInputElement;
    if (input.type === "file") return;
    input.value = value;
    // A number field shows no bullets, and a masked one no number.
    if (input.value !== value && textField.has(input.type)) {
      input.type = "text";
      input.value = value;
    }
  }

  checked(id: number, checked: boolean, indeterminate: boolean): void {
    const input = this.#nodes.element(id) as HTMLInputElement | undefined;
    if (input?.localName !== "input") return;
    input.checked = checked;
    input.indeterminate = indeterminate;
  }

  selected(id: number, indices: readonly number[]): void {
    const select = this.#nodes.element(id) as HTMLSelectElement | undefined;
    if (select?.localName !== "select") return;
    if (indices.length === 0) select.selectedIndex = -1;
    else if (select.multiple) {
      const chosen = new Set(indices);
      for (const option of select.options) option.selected = chosen.has(option.index);
    } else select.selectedIndex = indices[0] as number;
  }

  /** State that a stylesheet or the browser's own look asks for. */
  controlState(id: number, bits: number): void {
    const control = this.#nodes.element(id) as HTMLInputElement | undefined;
    if (!control || typeof control.setCustomValidity !== "function") return;
    control.setCustomValidity(bits & ControlState.customError ? " " : "");
    control.toggleAttribute(stateAttributes.userInvalid, (bits & ControlState.userInvalid) !== 0);
    control.toggleAttribute(stateAttributes.userValid, (bits & ControlState.userValid) !== 0);
    control.toggleAttribute(stateAttributes.autofill, (bits & ControlState.autofill) !== 0);
  }
}
