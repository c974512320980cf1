import type { CaptureFeature } from "../../core/capture-feature.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";
import * as dom from "../../core/dom.ts";
import { type ListenOptions, listen } from "../../core/guard.ts";
import type { NodeRecord } from "../../core/tree/node-table.ts";
import { maskValue } from "../../privacy/mask.ts";
import { ControlState, writeChecked, writeControlState, writeSelected, writeValue } from "./wire.ts";

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** A field, or a form or fieldset, which have states by what is in them. */
type Control = Field | HTMLFormElement | HTMLFieldSetElement;

/** What the viewers have of a control. */
interface Sent {
  record: NodeRecord;
  type: string;
  value: string;
  checked: boolean;
  indeterminate: boolean;
  /** The selected options, and their indices; undefined before the first report. */
  selected: { options: Element[]; indices: number[] } | undefined;
  /** Bits by `ControlState`. */
  state: number;
}

const checkable = new Set(["checkbox", "radio"]);
/** Their value is a label (an attribute) or no value at all. */
const valueless = new Set(["checkbox", "radio", "submit", "button", "reset", "image", "file", "hidden"]);

/**
 * Form state by comparison: scripts set `value` and `checked` without any event, and hooking the
 * setters would miss frameworks that kept the originals. Reading a property is cheap, and controls are few.
 */
export class FormsCapture implements CaptureFeature {
  readonly tags = ["input", "textarea", "select", "form", "fieldset"];
  readonly #writer: MirrorWriter;
  readonly #holdsBack: (field: Element) => boolean;
  readonly #onChange: () => void;
  readonly #controls = new Map<Control, Sent>();
  /** Pseudo-classes of validity change only with some events, and asking for them is dear. */
  #statesDue = true;
  /** Those that somebody types in, and their forms: only theirs have changed. */
  readonly #due = new Set<Element | null | undefined>();

  /** @param holdsBack whether a value must not be told for now */
  constructor(writer: MirrorWriter, holdsBack: (field: Element) => boolean, onChange: () => void) {
    this.#writer = writer;
    this.#holdsBack = holdsBack;
    this.#onChange = onChange;
  }

  beginEpoch(): void {
    this.#controls.clear();
    this.#statesDue = true;
  }

  listen(root: Document | ShadowRoot, options: ListenOptions): void {
    listen(root, ["input"], this.#typed, options);
    listen(root, ["change", "reset", "invalid", "submit", "focusout"], this.#judged, options);
  }

  /** Follows a control that the viewers have just received, in its default state. */
  element(element: Element, record: NodeRecord): void {
    // An element of this name of another language than HTML is no control.
    if (dom.htmlName(element) === "") return;
    const type = dom.type(element) ?? "";
    const sent = {
      record,
      type,
      value: "",
      checked: false,
      indeterminate: false,
      selected: undefined,
      state: 0,
    };
    this.#controls.set(element as Control, sent);
    this.#statesDue = true;
  }

  /** @param list a `select` or `optgroup` */
  optionsChanged(list: Element): void {
    const sent = this.#controls.get(dom.closest(list, "select") as HTMLSelectElement);
    if (sent) sent.selected = undefined;
  }

  poll(): boolean {
    for (const [control, sent] of this.#controls) {
      if (!sent.record.mirrored) this.#controls.delete(control);
      else if (this.#compare(control, sent, false)) return true;
      else if (isOpen(control) !== ((sent.state & ControlState.open) !== 0)) {
        this.#statesDue = true;
        return true;
      }
    }
    return false;
  }

  flush(): void {
    for (const [control, sent] of this.#controls) {
      if (!sent.record.mirrored) this.#controls.delete(control);
      else {
        this.#compare(control, sent, true);
        if (this.#statesDue || this.#due.has(control)) this.#state(control, sent);
      }
    }
    this.#statesDue = false;
    this.#due.clear();
  }

  readonly #typed = (event: Event): void => {
    const field = event.composedPath()[0] as Field;
    if (this.#controls.has(field))
      this.#due.add(field).add(dom.form(field)).add(dom.closest(field, "fieldset"));
    this.#onChange();
  };

  readonly #judged = (): void => {
    this.#statesDue = true;
    this.#onChange();
  };

  #compare(control: Control, sent: Sent, write: boolean): boolean {
    if (isGroup(control)) return false;
    if (dom.localName(control) === "select") return this.#select(control as HTMLSelectElement, sent, write);
    const type = dom.type(control);
    if (type !== sent.type) {
      // The replica's control took the new type with what that type makes of the value.
      sent.type = type;
      sent.value = "";
      sent.checked = false;
    }
    if (checkable.has(type)) return this.#check(control as HTMLInputElement, sent, write);
    if (valueless.has(type) && dom.localName(control) === "input") return false;
    const masked = sent.record.masked || this.#holdsBack(control);
    const value = masked ? maskedValue(control) : this.#writer.redact(dom.value(control));
    if (value === sent.value) return false;
    if (write) {
      sent.value = value;
      writeValue(this.#writer, sent.record.id, value);
    }
    return true;
  }

  #check(input: HTMLInputElement, sent: Sent, write: boolean): boolean {
    if (sent.record.masked) return false;
    if (dom.checked(input) === sent.checked && dom.indeterminate(input) === sent.indeterminate) return false;
    if (write) {
      sent.checked = dom.checked(input);
      sent.indeterminate = dom.indeterminate(input);
      writeChecked(this.#writer, sent.record.id, sent.checked, sent.indeterminate);
    }
    return true;
  }

  /** By the options themselves, not only their places: others may stand there now. */
  #select(select: HTMLSelectElement, sent: Sent, write: boolean): boolean {
    if (sent.record.masked) return false;
    const options = dom.multiple(select) ? [...dom.selectedOptions(select)] : chosenOf(select);
    const indices = options.map((option) => dom.index(option));
    const { selected } = sent;
    if (selected && same(options, selected.options) && same(indices, selected.indices)) return false;
    if (write) {
      sent.selected = { options, indices };
      writeSelected(this.#writer, sent.record.id, indices);
    }
    return true;
  }

  #isMasked(control: Control): boolean {
    return this.#controls.get(control)?.record.masked === true || this.#holdsBack(control);
  }

  #state(control: Control, sent: Sent): void {
    const masked = isGroup(control)
      ? [...dom.elements(control)].some((field) => this.#isMasked(field as Control))
      : this.#isMasked(control);
    const bits =
      (!masked && dom.validity(control)?.customError ? ControlState.customError : 0) |
      (masked ? toldOf(control) : 0) |
      (matches(control, ":user-invalid") ? ControlState.userInvalid : 0) |
      (matches(control, ":user-valid") ? ControlState.userValid : 0) |
      (matches(control, ":autofill") ? ControlState.autofill : 0) |
      (isOpen(control) ? ControlState.open : 0);
    if (bits === sent.state) return;
    sent.state = bits;
    writeControlState(this.#writer, sent.record.id, bits);
  }
}

/** A list that the browser draws is not seen, but what the page makes of the field meanwhile. */
function isOpen(control: Control): boolean {
  return dom.localName(control) === "select" && matches(control, ":open");
}

function isGroup(control: Control): control is HTMLFormElement | HTMLFieldSetElement {
  return /^(?:form|fieldset)$/.test(dom.localName(control));
}

/** States that bullets in place of a value would change. */
function toldOf(control: Control): number {
  return (
    ControlState.told |
    (matches(control, ":valid") ? ControlState.valid : 0) |
    (matches(control, ":invalid") ? ControlState.invalid : 0) |
    (matches(control, ":placeholder-shown") ? ControlState.placeholderShown : 0) |
    (matches(control, ":in-range") ? ControlState.inRange : 0) |
    (matches(control, ":out-of-range") ? ControlState.outOfRange : 0)
  );
}

function chosenOf(select: HTMLSelectElement): Element[] {
  const option = dom.options(select)[dom.selectedIndex(select)];
  return option ? [option] : [];
}

function same(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((one, i) => one === right[i]);
}

/** Older browsers throw at the newer pseudo-classes. */
function matches(element: Element, selector: string): boolean {
  try {
    return dom.matches(element, selector);
  } catch {
    return false;
  }
}

function maskedValue(control: Field): string {
  // A date, a colour or a slider cannot show bullets: it stays at its default.
  return dom.localName(control) === "textarea" ||
    /^(text|password|email|tel|url|search)$/.test(dom.type(control))
    ? maskValue(dom.value(control))
    : "";
}
