/** More names or windows than this are no page's. */
const MOST = 5_000;

/**
 * Custom elements as far as stylesheets see them: defined, and with custom states. Their classes are ours and
 * empty; no code of the page is involved.
 */
export class ReplicaDefinitions {
  readonly #names = new Set<string>();
  readonly #windows = new Set<Window & typeof globalThis>();
  readonly #internals = new WeakMap<Element, ElementInternals>();

  document(document: Document): void {
    const window = document.defaultView as (Window & typeof globalThis) | null;
    if (!window || this.#windows.has(window)) return;
    this.#windows.add(window);
    for (const name of this.#names) this.#define(window, name);
  }

  define(name: string): void {
    if (this.#names.has(name) || this.#names.size > MOST) return;
    this.#names.add(name);
    for (const window of this.#windows) this.#define(window, name);
  }

  states(element: Element, names: readonly string[]): void {
    const states = this.#internals.get(element)?.states as Set<string> | undefined;
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
            internals.set(this, this.attachInternals());
          }
        },
      );
    } catch {
      // Not a name of a custom element, or the page before this one defined it in the same window.
    }
  }
}
