import type { Capture } from "@copane/mirror/capture";
import { encodeInput } from "@copane/mirror/control";
import * as dom from "@copane/mirror/dom";
import { decodeProposal, type Proposal } from "./wire.ts";

/** A proposal as the customer is shown it. */
export interface ShownProposal {
  /** Number of the agent. */
  by: number;
  element: Element;
  /** What the field would then hold; undefined for a click. */
  value?: string;
}

type Input = (by: number, payload: Uint8Array) => void;

interface ProposalsOptions {
  capture(): Pick<Capture, "operableNode" | "operable"> | undefined;
  /** Does what the customer accepted, with or without a grant. If it cannot be done yet, it is done later. */
  act(work: (input: Input) => void): void;
  /** The page cannot show it to the customer: the element is masked, blocked or gone. */
  refuse(): void;
  changed(shown: ShownProposal | undefined): void;
}

/** Shows the one proposal that waits for the customer, and does it when it is accepted. */
export class Proposals {
  readonly #options: ProposalsOptions;
  #waiting: { proposal: Proposal; shown: ShownProposal } | undefined;

  constructor(options: ProposalsOptions) {
    this.#options = options;
  }

  /** A proposal came, or is known to wait. */
  get shown(): ShownProposal | undefined {
    return this.#waiting?.shown;
  }

  receive(by: number, payload: Uint8Array): void {
    const made = this.#made(by, payload);
    if (made === undefined) this.#options.refuse();
    else {
      this.#waiting = made;
      this.#options.changed(made.shown);
    }
  }

  /** Does what was proposed. False when the element is out of reach by now. */
  perform(): boolean {
    const { proposal, shown } = this.#waiting ?? {};
    if (!proposal || !shown || !this.#reaches(proposal, shown.element)) return false;
    this.clear();
    this.#options.act((input) => {
      if (proposal.kind === "click") press(input, shown.by, proposal.id);
      else fill(input, shown.by, proposal, shown.element);
    });
    return true;
  }

  clear(): void {
    if (!this.#waiting) return;
    this.#waiting = undefined;
    this.#options.changed(undefined);
  }

  #made(by: number, payload: Uint8Array): { proposal: Proposal; shown: ShownProposal } | undefined {
    let proposal: Proposal;
    try {
      proposal = decodeProposal(payload);
    } catch {
      return undefined;
    }
    const node = this.#options.capture()?.operableNode(proposal.id);
    if (node?.nodeType !== Node.ELEMENT_NODE) return undefined;
    const element = node as Element;
    if (!this.#reaches(proposal, element)) return undefined;
    return {
      proposal,
      shown: { by, element, ...(proposal.kind === "value" ? { value: proposal.value } : {}) },
    };
  }

  /** The page may have changed since, so the element is looked up again. */
  #reaches(proposal: Proposal, element: Element): boolean {
    const seen = element.isConnected && element.getClientRects().length > 0;
    return seen && this.#options.capture()?.operable(element) === true && fits(proposal, element);
  }
}

function fill(
  input: Input,
  by: number,
  { id, value }: Extract<Proposal, { kind: "value" }>,
  element: Element,
): void {
  if (element.localName === "select") {
    const index = optionOf(element as HTMLSelectElement, value);
    input(by, encodeInput({ kind: "select", id, indices: [index] }));
    return;
  }
  if (picked.has((element as HTMLInputElement).type)) {
    input(by, encodeInput({ kind: "value", id, value, done: true }));
    return;
  }
  press(input, by, id);
  (element as HTMLInputElement).select();
  input(by, encodeInput({ kind: "text", pasted: false, text: value }));
}

function press(input: Input, by: number, id: number): void {
  for (const phase of ["down", "up"] as const) {
    const at = { id, x: 0.5, y: 0.5, button: 0, modifiers: 0, clicks: 1 };
    input(by, encodeInput({ kind: "pointer", phase, pointer: "mouse", ...at }));
  }
}

const written = new Set(["text", "search", "email", "tel", "url", "number"]);
/** Inputs whose value is chosen, not written. */
const picked = new Set(["date", "time", "month", "week", "datetime-local", "color", "range"]);

/** Whether a value can be proposed for this element. A click can be proposed for any. */
function fits(proposal: Proposal, element: Element): boolean {
  if (proposal.kind === "click") return true;
  const { localName, disabled, readOnly, type } = element as HTMLInputElement;
  if (disabled || proposal.value === "") return false;
  if (localName === "select") return optionOf(element as HTMLSelectElement, proposal.value) >= 0;
  if (localName === "input" && picked.has(type)) return !readOnly && takes(element, proposal.value);
  return !readOnly && (localName === "textarea" || (localName === "input" && written.has(type)));
}

/** Whether the browser's own picker would let somebody choose this value. */
function takes(field: Element, value: string): boolean {
  const trial = dom.createElement(document, "input");
  for (const name of ["type", "min", "max", "step"]) trial.setAttribute(name, field.getAttribute(name) ?? "");
  trial.value = value;
  return trial.value === value && trial.validity.valid;
}

/** The option with these words or this value. */
function optionOf(list: HTMLSelectElement, value: string): number {
  const options = [...list.options].filter(({ disabled }) => !disabled);
  const found =
    options.find(({ label }) => label === value) ?? options.find((option) => option.value === value);
  return found?.index ?? -1;
}
