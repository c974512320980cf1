import type { Capture } from "@copane/mirror/capture";
import { decodeInput } from "@copane/mirror/control";

type Reachable = Pick<Capture, "operableNode" | "operable">;

/**
 * Says which elements the agent's input may reach: those that capture allows, and under a scoped grant only one form
 * or field. The page keeps that element itself, because its id can change.
 */
export class ScopedReach implements Reachable {
  readonly #capture: Reachable;
  /** `undefined`: the whole page. `null`: nothing, because this page does not know the scope. */
  #scope: Element | null | undefined;
  /** Scrolling may also bring the scope into sight. */
  #scrolling = false;
  #unbound = false;

  constructor(capture: Reachable) {
    this.#capture = capture;
  }

  /** Limits input to the element behind a mirror id; false when an agent may not have that one. */
  limit(id: number): boolean {
    const node = this.#capture.operableNode(id);
    this.#scope = node?.nodeType === Node.ELEMENT_NODE ? (node as Element) : null;
    return this.#scope !== null;
  }

  /** Input may reach nothing: the scope is an element of an earlier page. */
  close(): void {
    this.#scope = null;
  }

  /** Input may reach the whole page again. */
  open(): void {
    this.#scope = undefined;
  }

  /** Whether there is a scope. */
  get limited(): boolean {
    return this.#scope !== undefined;
  }

  get scope(): Element | undefined {
    return this.#scope ?? undefined;
  }

  /** Does something that the scope does not limit: pointing, and what the customer accepted. */
  unbound<T>(work: () => T): T {
    this.#unbound = true;
    try {
      return work();
    } finally {
      this.#unbound = false;
    }
  }

  scrolling(work: () => void): void {
    this.#scrolling = true;
    try {
      work();
    } finally {
      this.#scrolling = false;
    }
  }

  /** Whether input would have an effect outside of the scope: Enter in a field sends the whole form. */
  exceeds(payload: Uint8Array): boolean {
    if (this.#scope === undefined) return false;
    try {
      const event = decodeInput(payload);
      if (event.kind === "history") return true;
      return event.kind === "key" && event.key === "Enter" && this.#scope?.localName === "input";
    } catch {
      return false;
    }
  }

  operableNode(id: number): Node | undefined {
    const node = this.#capture.operableNode(id);
    return node && this.#within(node) ? node : undefined;
  }

  operable(element: Element): boolean {
    return this.#within(element) && this.#capture.operable(element);
  }

  #within(node: Node): boolean {
    if (this.#scope === undefined || this.#unbound) return true;
    if (this.#scope === null) return false;
    return holds(this.#scope, node) || (this.#scrolling && holds(node, this.#scope));
  }
}

/** Whether `outer` is `inner` or above it, through shadow roots and iframes. */
function holds(outer: Node, inner: Node): boolean {
  for (let up: Node | null | undefined = inner; up; ) {
    if (up === outer) return true;
    up = up.parentNode ?? (up as ShadowRoot).host ?? (up as Document).defaultView?.frameElement;
  }
  return false;
}
