import * as dom from "../dom.ts";

/** The shadow roots of the page's elements, closed ones too where their making was seen. */
export class ShadowRoots {
  readonly #closed: WeakMap<Element, ShadowRoot>;

  /** @param closed closed roots that were seen before, by their hosts; more are added */
  constructor(closed: WeakMap<Element, ShadowRoot>) {
    this.#closed = closed;
  }

  /** Remembers a root that was seen as it was made. */
  note(host: Element, root: ShadowRoot): void {
    this.#closed.set(host, root);
  }

  of(element: Element): ShadowRoot | null {
    return dom.shadowRoot(element) ?? this.#closed.get(element) ?? null;
  }
}
