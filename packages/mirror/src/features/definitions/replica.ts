import { handledBy } from "../../core/codec/reader.ts";
import * as dom from "../../core/dom.ts";
import type { ReplicaFeature } from "../../core/replica-feature.ts";
import type { ReplicaNodes } from "../../core/tree/replica-nodes.ts";
import { type DefinitionOperations, definitionReaders } from "./wire.ts";

/** More names than any page has. */
const MOST = 5_000;

/**
 * Custom elements as far as stylesheets see them: defined, and with custom states. Their classes are ours and
 * empty; no code of the page is involved.
 */
export class DefinitionsReplica implements ReplicaFeature, DefinitionOperations {
  readonly handlers = handledBy<DefinitionOperations>(this, definitionReaders);
  readonly #nodes: ReplicaNodes;
  readonly #names = new Set<string>();
  readonly #windows = new Set<Window & typeof globalThis>();
  readonly #internals = new WeakMap<Element, ElementInternals>();

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
    this.#names.add(name);
    for (const window of this.#windows) this.#define(window, name);
  }

  states(id: number, names: readonly string[]): void {
    const element = this.#nodes.element(id);
    const states = element && (this.#internals.get(element)?.states as Set<string> | undefined);
    if (!states) return;
    states.clear();
    for (const name of names) states.add(name);
  }

  #define(window: Window & typeof globalThis, name: string): void {
    const internals = this.#internals;
    try {
      window.customElements.define(
        name,
        class extends window.HTMLElement {
          constructor() {
            super();
            internals.set(this, dom.attachInternals(this));
          }
        },
      );
    } catch {
      // Not a name of a custom element, or the page before this one defined it in the same window.
    }
  }
}
