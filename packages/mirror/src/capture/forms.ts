import type { MirrorWriter } from "@copane/protocol";
import { maskValue } from "../privacy/mask.ts";
import type { NodeRecord } from "./nodes.ts";

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What the viewers have of a control. */
interface Sent {
  record: NodeRecord;
  value: string;
  checked: boolean;
  indeterminate: boolean;
  /** Indices of selected options, comma-separated; undefined before the first report. */
  selected: string | undefined;
}

const checkable = new Set(["checkbox", "radio"]);
/** Their value is a label (an attribute) or no value at all. */
const valueless = new Set(["checkbox", "radio", "submit", "button", "reset", "image", "file", "hidden"]);

/**
 * Form state by comparison: scripts set `value` and `checked` without any event, and hooking the
 * setters would miss frameworks that kept the originals. Reading a property is cheap, and controls are few.
 */
export class Forms {
  readonly #writer: MirrorWriter;
  readonly #controls = new Map<Control, Sent>();

  constructor(writer: MirrorWriter) {
    this.#writer = writer;
  }

  clear(): void {
    this.#controls.clear();
  }

  /** Follows a control that the viewers have just received, in its default state. */
  add(element: Element, record: NodeRecord): void {
    const tag = element.localName;
    if (tag !== "input" && tag !== "textarea" && tag !== "select") return;
    const sent = { record, value: "", checked: false, indeterminate: false, selected: undefined };
    this.#controls.set(element as Control, sent);
  }

  /** Whether any followed control differs from what the viewers have. */
  changed(): boolean {
    for (const [control, sent] of this.#controls) {
      if (!sent.record.mirrored) this.#controls.delete(control);
      else if (this.#compare(control, sent, false)) return true;
    }
    return false;
  }

  /** Writes the state of every control that changed. */
  flush(): void {
    for (const [control, sent] of this.#controls) {
      if (!sent.record.mirrored) this.#controls.delete(control);
      else this.#compare(control, sent, true);
    }
  }

  #compare(control: Control, sent: Sent, write: boolean): boolean {
    if (control.localName === "select") return this.#select(control as HTMLSelectElement, sent, write);
    if (control.localName === "input") {
      const input = control as HTMLInputElement;
      if (checkable.has(input.type)) return this.#check(input, sent, write);
      if (valueless.has(input.type)) return false;
    }
    const value = outgoingValue(control, sent.record.masked);
    if (value === sent.value) return false;
    if (write) {
      sent.value = value;
      this.#writer.value(sent.record.id, value);
    }
    return true;
  }

  #check(input: HTMLInputElement, sent: Sent, write: boolean): boolean {
    if (sent.record.masked) return false;
    if (input.checked === sent.checked && input.indeterminate === sent.indeterminate) return false;
    if (write) {
      sent.checked = input.checked;
      sent.indeterminate = input.indeterminate;
      this.#writer.checked(sent.record.id, sent.checked, sent.indeterminate);
    }
    return true;
  }

  #select(select: HTMLSelectElement, sent: Sent, write: boolean): boolean {
    if (sent.record.masked) return false;
    const indices: number[] = [];
    if (select.multiple) for (const option of select.selectedOptions) indices.push(option.index);
    else if (select.selectedIndex >= 0) indices.push(select.selectedIndex);
    const selected = indices.join(",");
    if (selected === sent.selected) return false;
    if (write) {
      sent.selected = selected;
      this.#writer.selected(sent.record.id, indices);
    }
    return true;
  }
}

function outgoingValue(
  control: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement,
  masked: boolean,
): string {
  const { value } = control;
  if (!masked) return value;
  // A date, a colour or a slider cannot show bullets: it stays at its default.
  return control.localName === "textarea" || /^(text|password|email|tel|url|search)$/.test(control.type)
    ? maskValue(value)
    : "";
}
