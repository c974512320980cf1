import type { CaptureFeature, CaptureParts } from "../../core/capture-feature.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";
import * as dom from "../../core/dom.ts";
import type { NodeRecord, NodeTable } from "../../core/tree/node-table.ts";
import type { Privacy } from "../../privacy/verdict.ts";
import { writeDefine, writeStates } from "./wire.ts";

interface Stateful {
  record: NodeRecord;
  internals: ElementInternals;
  /** Held: WebKit forgets the states of an element when nobody holds their set. */
  set: Iterable<string>;
  /** What the viewers know. */
  sent: string;
}

/**
 * Which custom elements are defined, the custom states they have, and whether they say that what they hold is wrong:
 * stylesheets ask for all of it.
 */
export class DefinitionsCapture implements CaptureFeature {
  readonly #registry: CustomElementRegistry | undefined;
  readonly #nodes: NodeTable;
  readonly #writer: MirrorWriter;
  /** Names the viewers have seen, and whether they know them as defined. */
  readonly #names = new Map<string, boolean>();
  readonly #internals: WeakMap<Element, ElementInternals>;
  readonly #stateful = new Map<Element, Stateful>();
  readonly #privacy: Privacy;

  constructor({ window, nodes, writer, early, privacy }: CaptureParts) {
    this.#registry = window.customElements;
    this.#nodes = nodes;
    this.#writer = writer;
    this.#internals = early.internals;
    this.#privacy = privacy;
  }

  beginEpoch(): void {
    this.#names.clear();
    this.#stateful.clear();
  }

  element(element: Element, record: NodeRecord): void {
    const tag = dom.localName(element);
    const told = !record.masked || this.#privacy.names.isNamed(element, "", tag);
    if (told && !this.#names.has(tag)) this.#names.set(tag, false);
    const internals = this.#internals.get(element);
    if (!internals) return;
    const set = (internals.states as Iterable<string> | undefined) ?? [];
    this.#stateful.set(element, { record, internals, set, sent: NOTHING });
  }

  /** An element has its internals: perhaps it was defined after it was sent. */
  internals(element: Element): void {
    const record = this.#nodes.mirrored(element);
    if (record) this.element(element, record);
  }

  poll(): boolean {
    for (const [name, known] of this.#names) if (!known && this.#registry?.get(name)) return true;
    for (const [element, entry] of this.#stateful) {
      if (!entry.record.mirrored) this.#stateful.delete(element);
      else if (stateOf(entry) !== entry.sent) return true;
    }
    return false;
  }

  flush(): void {
    for (const [name, known] of this.#names) {
      const defined = known ? undefined : this.#registry?.get(name);
      if (!defined) continue;
      this.#names.set(name, true);
      writeDefine(this.#writer, name, isFormControl(defined));
    }
    for (const entry of this.#stateful.values()) {
      const state = stateOf(entry);
      if (!entry.record.mirrored || state === entry.sent) continue;
      entry.sent = state;
      writeStates(this.#writer, entry.record.id, isInvalid(entry.internals), namesOf(entry));
    }
  }
}

const NOTHING = "false ";

function stateOf(entry: Stateful): string {
  return `${isInvalid(entry.internals)} ${namesOf(entry).join(" ")}`;
}

/** Custom states of what is masked may say what it is. */
function namesOf({ record, set }: Stateful): string[] {
  return record.masked ? [] : [...set];
}

/** Whether the element says that what it holds is wrong. */
function isInvalid(internals: ElementInternals): boolean {
  try {
    return !internals.validity.valid;
  } catch {
    // Not a control of a form.
    return false;
  }
}

function isFormControl(defined: CustomElementConstructor): boolean {
  try {
    return (defined as { formAssociated?: unknown }).formAssociated === true;
  } catch {
    // A getter of the page's own.
    return false;
  }
}
