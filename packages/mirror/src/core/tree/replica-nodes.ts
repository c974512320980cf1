import { Bounds, type Counted } from "../bounds.ts";
import * as dom from "../dom.ts";
import { holdsCss, TEXT } from "../node-types.ts";
import { parentHostOrFrame, parentOrHost } from "../walk.ts";
import { idInSubframe, subframeId } from "./subframe-ids.ts";
import { DOCUMENT_ID } from "./wire.ts";

/** Marks what the replica adds of its own. */
export const OWN = "data-copane-own";

/** Ids of the replica's nodes, both ways. */
export class ReplicaNodes {
  readonly #byId = new Map<number, Node>();
  readonly #ids = new WeakMap<Node, number>();
  /** Nodes of pages of other origins, by the numbers of the frames that they are in. */
  readonly #embedded = new Map<number, { frame: HTMLIFrameElement; nodes: ReplicaNodes }>();

  /** What nodes count for besides themselves. */
  readonly #counts = new Map<number, Partial<Record<Counted, number>>>();
  /** Something is shown otherwise than the customer's page has it, so the two cannot be compared. */
  incomparable = false;
  /** How many nodes of this page are counted. */
  #counted = 0;

  /** @param bounds shared by a page and those in its frames */
  constructor(
    document: Document,
    readonly bounds: Bounds = new Bounds(),
  ) {
    this.set(DOCUMENT_ID, document);
  }

  get(id: number): Node | undefined {
    return this.#byId.get(id);
  }

  element(id: number): Element | undefined {
    const node = this.#byId.get(id);
    return node && dom.nodeType(node) === Node.ELEMENT_NODE ? (node as Element) : undefined;
  }

  *elements(): Iterable<Element> {
    for (const node of this.#byId.values())
      if (dom.nodeType(node) === Node.ELEMENT_NODE) yield node as Element;
  }

  /** The id of a node, 0 when it has none. */
  idOf(node: Node): number {
    return this.#ids.get(node) ?? 0;
  }

  /** Whether a node is part of the page, and was not dropped. */
  stands(node: Node | null | undefined): boolean {
    const id = node && this.#ids.get(node);
    return id !== undefined && this.#byId.get(id as number) === node;
  }

  /** A node of this page or of one in a subframe of it, by the id that it has here. */
  resolve(id: number): Node | undefined {
    const inner = idInSubframe(id);
    return inner ? this.#embedded.get(inner.number)?.nodes.resolve(inner.id) : this.#byId.get(id);
  }

  /** The id of a node, or of the nearest mirrored node above it; 0 when there is none. */
  nearestId(node: Node | null): number {
    for (let up = node; up !== null; up = parentOrHost(up)) {
      const id = this.#ids.get(up);
      if (id !== undefined) return id;
    }
    for (const [number, { frame, nodes }] of this.#embedded)
      if (isIn(frame, node)) return subframeId(number, nodes.nearestId(node));
    return 0;
  }

  /** As `nearestId`, but for what is in a subframe of another origin that of the iframe. */
  nearestOwnId(node: Node | null): number {
    for (let up = node; up !== null; up = parentHostOrFrame(up)) {
      const id = this.#ids.get(up);
      if (id !== undefined) return id;
    }
    return 0;
  }

  /** A page of another origin stands in an iframe, or none any more. */
  embed(number: number, frame: HTMLIFrameElement, nodes: ReplicaNodes | undefined): void {
    if (nodes) this.#embedded.set(number, { frame, nodes });
    else if (this.#embedded.get(number)?.frame === frame) this.#embedded.delete(number);
  }

  /** Gives a node an id; one that had it before is dropped. Throws `BoundsError` on too many nodes. */
  set(id: number, node: Node): void {
    const former = this.#byId.get(id);
    if (former !== undefined && former !== node) this.drop(former);
    if (former !== node) {
      this.#counted++;
      this.bounds.add("nodes", 1);
    }
    this.#byId.set(id, node);
    this.#ids.set(node, id);
  }

  /**
   * What a node or a sheet counts for besides itself, in place of what it did; until it is dropped. Throws
   * `BoundsError` if that is too much.
   */
  count(id: number, counted: Counted, amount: number): void {
    const counts = this.#counts.get(id) ?? {};
    this.#counts.set(id, counts);
    const more = amount - (counts[counted] ?? 0);
    counts[counted] = amount;
    this.bounds.add(counted, more);
  }

  /** A node has come to its place (1), or is going to leave it (-1). Texts of styles have a measure of their own. */
  countText(node: Node, times: 1 | -1): void {
    if (dom.nodeType(node) === TEXT && dom.parentNode(node) !== null && !holdsCss(dom.parentNode(node)))
      this.bounds.add("text", times * dom.dataLength(node as Text));
  }

  /** Counts the CSS of a node or a sheet, in place of what it had. Returns whether it ends where a rule ends. */
  countCss(id: number, css: string): boolean {
    const { rules, closed } = this.bounds.css(css);
    this.count(id, "css", css.length);
    this.count(id, "rules", rules);
    return closed;
  }

  counted(id: number, counted: Counted): number {
    return this.#counts.get(id)?.[counted] ?? 0;
  }

  /** The page is gone: nothing of it counts any more. */
  destroy(): void {
    for (const id of this.#counts.keys()) this.release(id);
    for (const node of this.#byId.values()) this.countText(node, -1);
    this.bounds.add("nodes", -this.#counted);
    this.#counted = 0;
  }

  /** Takes a node and all below it out of the replica. */
  drop(node: Node): void {
    if (dom.nodeType(node) === Node.DOCUMENT_NODE) return;
    // Before it goes: an iframe that has left has no document any more.
    const stack: Node[] = [node];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const id = this.#ids.get(next);
      // An id may have passed to another node meanwhile.
      if (id !== undefined && this.#byId.get(id) === next) this.#forget(id);
      this.countText(next, -1);
      this.bounds.work(1);
      for (let child = dom.firstChild(next); child !== null; child = dom.nextSibling(child))
        stack.push(child);
      const shadowRoot = dom.shadowRoot(next as HTMLIFrameElement);
      const contentDocument = dom.contentDocument(next as HTMLIFrameElement);
      if (shadowRoot) stack.push(shadowRoot);
      if (contentDocument) stack.push(contentDocument);
    }
    dom.remove(node);
  }

  #forget(id: number): void {
    this.#byId.delete(id);
    this.#counted--;
    this.bounds.add("nodes", -1);
    this.release(id);
  }

  /** What a node or a sheet counted for counts no more. */
  release(id: number): void {
    const counts = this.#counts.get(id) ?? {};
    this.#counts.delete(id);
    for (const [counted, amount] of Object.entries(counts)) this.bounds.add(counted as Counted, -amount);
  }
}

/** Whether a node stands in an iframe's document, or in that of an iframe inside. */
function isIn(frame: HTMLIFrameElement, node: Node | null): boolean {
  for (let up = node; up !== null; up = parentHostOrFrame(up)) if (up === frame) return true;
  return false;
}
