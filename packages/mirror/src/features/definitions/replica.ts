import { handledBy } from "../../core/codec/reader.ts";
import * as dom from "../../core/dom.ts";
import type { ReplicaFeature } from "../../core/replica-feature.ts";
import type { ReplicaNodes } from "../../core/tree/replica-nodes.ts";
import { type DefinitionOperations, definitionReaders } from "./wire.ts";

/** More names than any page has. */
const MOST = 5_000;

const DEFINITION_STEPS = 50;

interface Held {
  internals: ElementInternals;
  /** Held: WebKit forgets the states of an element when nobody holds the set. */
  states: Set<string> | undefined;
  formControl: boolean;
}

/**
 * Custom elements as far as stylesheets see them: defined, with custom states, as controls of forms. Their classes are
 * ours and empty; no code of the page is involved.
 */
export class DefinitionsReplica implements ReplicaFeature, DefinitionOperations {
  readonly handlers = handledBy<DefinitionOperations>(this, definitionReaders);
  readonly #nodes: ReplicaNodes;
  /** By name: whether they are controls of forms. */
  readonly #names = new Map<string, boolean>();
  readonly #windows = new Set<Window & typeof globalThis>();
  readonly #held = new WeakMap<Element, Held>();

  constructor(nodes: ReplicaNodes) {
    this.#nodes = nodes;
  }

  document(document: Document): void {
    const window = dom.defaultView(document) as (Window & typeof globalThis) | null;
    if (!window || this.#windows.has(window)) return;
    for (const former of this.#windows) if (former.closed) this.#windows.delete(former);
    this.#windows.add(window);
    for (const [name, formControl] of this.#names) this.#define(window, name, formControl);
  }

  define(name: string, formControl: boolean): void {
    if (this.#names.has(name) || this.#names.size > MOST) return;
    this.#nodes.bounds.work(DEFINITION_STEPS * this.#windows.size);
    this.#names.set(name, formControl);
    for (const window of this.#windows) this.#define(window, name, formControl);
  }

  states(id: number, invalid: boolean, names: readonly string[]): void {
    const element = this.#nodes.element(id);
    const held = element && this.#held.get(element);
    if (!held) return;
    held.states?.clear();
    for (const name of names) held.states?.add(name);
    if (held.formControl) held.internals.setValidity({ customError: invalid }, invalid ? " " : "");
  }

  #define(window: Window & typeof globalThis, name: string, formControl: boolean): void {
    const elements = this.#held;
    try {
      window.customElements.define(
        name,
        class extends window.HTMLElement {
          static readonly formAssociated = formControl;
          constructor() {
            super();
            const internals = dom.attachInternals(this);
            const { states } = internals as { states?: Set<string> };
            elements.set(this, { internals, states, formControl });
          }
        },
      );
    } catch {
      // Not a name of a custom element, or the page before this one defined it in the same window.
    }
  }
}
