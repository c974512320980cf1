import { handledBy } from "../../core/codec/reader.ts";
import * as dom from "../../core/dom.ts";
import type { ReplicaFeature } from "../../core/replica-feature.ts";
import type { ReplicaNodes } from "../../core/tree/replica-nodes.ts";
import { type DefinitionOperations, definitionReaders } from "./wire.ts";

/** More names than any page has. */
const MOST = 5_000;

const DEFINITION_STEPS = 50;

/**
 * Custom elements as far as stylesheets see them: defined, and with custom states. Their classes are ours and
 * empty; no code of the page is involved.
 */
export class DefinitionsReplica implements ReplicaFeature, DefinitionOperations {
  readonly handlers = handledBy<DefinitionOperations>(this, definitionReaders);
  readonly #nodes: ReplicaNodes;
  readonly #names = new Set<string>();
  readonly #windows = new Set<Window & typeof globalThis>();
  /** Held: WebKit forgets the states of an element when nobody holds the set. */
  readonly #states = new WeakMap<Element, Set<string>>();

  constructor(nodes: ReplicaNodes) {
    this.#nodes = nodes;
  }

  document(document: Document): void {
    const window = dom.defaultView(document) as (Window & typeof globalThis) | null;
    if (!window || this.#windows.has(window)) return;
    for (const former of this.#windows) if (former.closed) this.#windows.delete(former);
    this.#windows.add(window);
    for (const name of this.#names) this.#define(window, name);
  }

  define(name: string): void {
    if (this.#names.has(name) || this.#names.size > MOST) return;
    this.#nodes.bounds.work(DEFINITION_STEPS * this.#windows.size);
    this.#names.add(name);
    for (const window of this.#windows) this.#define(window, name);
  }

  states(id: number, names: readonly string[]): void {
    const element = this.#nodes.element(id);
    const states = element && this.#states.get(element);
    if (!states) return;
    states.clear();
    for (const name of names) states.add(name);
  }

  #define(window: Window & typeof globalThis, name: string): void {
    const held = this.#states;
    try {
      window.customElements.define(
        name,
        class extends window.HTMLElement {
          constructor() {
            super();
            const { states } = dom.attachInternals(this) as { states?: Set<string> };
            if (states) held.set(this, states);
          }
        },
      );
    } catch {
      // Not a name of a custom element, or the page before this one defined it in the same window.
    }
  }
}
