import type { CaptureFeature } from "../../core/capture-feature.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";
import * as dom from "../../core/dom.ts";
import type { NodeRecord } from "../../core/tree/node-table.ts";
import { writeDefine, writeStates } from "./wire.ts";

/** Which custom elements are defined, and the custom states they have: stylesheets ask for both. */
export class DefinitionsCapture implements CaptureFeature {
  readonly #registry: CustomElementRegistry | undefined;
  readonly #writer: MirrorWriter;
  /** Names the viewers have seen, and whether they know them as defined. */
  readonly #names = new Map<string, boolean>();
  readonly #internals: WeakMap<Element, ElementInternals>;
  /** With the set of its states, which is held: WebKit forgets the states of an element when nobody holds it. */
  readonly #stateful = new Map<
    Element,
    { record: NodeRecord; set: Iterable<string> | undefined; states: string }
  >();

  constructor(window: Window, writer: MirrorWriter, internals: WeakMap<Element, ElementInternals>) {
    this.#registry = window.customElements;
    this.#writer = writer;
    this.#internals = internals;
  }

  beginEpoch(): void {
    this.#names.clear();
    this.#stateful.clear();
  }

  element(element: Element, record: NodeRecord): void {
    const tag = dom.localName(element);
    if (!this.#names.has(tag)) this.#names.set(tag, false);
    const internals = this.#internals.get(element);
    if (!internals) return;
    const set = internals.states as Iterable<string> | undefined;
    this.#stateful.set(element, { record, set, states: "" });
  }

  poll(): boolean {
    for (const [name, known] of this.#names) if (!known && this.#registry?.get(name)) return true;
    for (const [element, { record, set, states }] of this.#stateful) {
      if (!record.mirrored) this.#stateful.delete(element);
      else if ([...(set ?? [])].join(" ") !== states) return true;
    }
    return false;
  }

  flush(): void {
    for (const [name, known] of this.#names) {
      if (known || !this.#registry?.get(name)) continue;
      this.#names.set(name, true);
      writeDefine(this.#writer, name);
    }
    for (const entry of this.#stateful.values()) {
      const states = [...(entry.set ?? [])];
      const key = states.join(" ");
      if (!entry.record.mirrored || entry.record.masked || key === entry.states) continue;
      entry.states = key;
      writeStates(this.#writer, entry.record.id, states);
    }
  }
}
