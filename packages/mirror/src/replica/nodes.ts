import { DOCUMENT_ID } from "@copane/protocol";

/** Marks what the replica adds of its own. */
export const OWN = "data-copane-own";

/** Marks what stands in for a canvas. */
export const PICTURE = "data-copane-picture";

/** A page this big is not one: the stream is hostile or broken. */
const MOST_NODES = 2_000_000;

/** Ids of the replica's nodes, both ways. */
export class ReplicaNodes {
  readonly #byId = new Map<number, Node>();
  readonly #ids = new WeakMap<Node, number>();

  constructor(document: Document) {
    this.set(DOCUMENT_ID, document);
  }

  get(id: number): Node | undefined {
    return this.#byId.get(id);
  }

  element(id: number): Element | undefined {
    const node = this.#byId.get(id);
    return node?.nodeType === Node.ELEMENT_NODE ? (node as Element) : undefined;
  }

  /** The id of a node, 0 when it has none. */
  idOf(node: Node): number {
    return this.#ids.get(node) ?? 0;
  }

  /** The id of a node, or of the nearest mirrored node above it; 0 when there is none. */
  nearestId(node: Node | null): number {
    for (let up = node; up !== null; up = up.parentNode ?? (up as ShadowRoot).host ?? null) {
      const id = this.#ids.get(up);
      if (id !== undefined) return id;
    }
    return 0;
  }

  /** Gives a node an id; one that had it before is dropped. Throws RangeError on too many nodes. */
  set(id: number, node: Node): void {
    const former = this.#byId.get(id);
    if (former !== undefined && former !== node) this.drop(former);
    if (this.#byId.size >= MOST_NODES) throw new RangeError("the mirrored page has too many nodes");
    this.#byId.set(id, node);
    this.#ids.set(node, id);
  }

  /** Takes a node and all below it out of the replica. */
  drop(node: Node): void {
    if (node.nodeType === Node.DOCUMENT_NODE) return;
    (node as ChildNode).remove?.();
    const stack: Node[] = [node];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const id = this.#ids.get(next);
      // An id may have passed to another node meanwhile.
      if (id !== undefined && this.#byId.get(id) === next) this.#byId.delete(id);
      for (let child = next.firstChild; child !== null; child = child.nextSibling) stack.push(child);
      const { shadowRoot } = next as Element;
      if (shadowRoot) stack.push(shadowRoot);
    }
  }
}
