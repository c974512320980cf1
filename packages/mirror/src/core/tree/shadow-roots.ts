import * as dom from "../dom.ts";

/** Elements that can have a shadow root besides custom ones (DOM standard, valid shadow host name). */
const hosts = new Set(
  "article aside blockquote body div footer h1 h2 h3 h4 h5 h6 header main nav p section span".split(" "),
);

/** Whether `attachShadow` takes such an element of HTML. To ask each element for its root would cost more. */
export function mayHost(tag: string): boolean {
  return hosts.has(tag) || tag.includes("-");
}

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
