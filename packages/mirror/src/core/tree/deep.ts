import { BoundsError } from "../bounds.ts";
import * as Item from "../codec/item.ts";
import * as dom from "../dom.ts";
import { parentHostOrFrame } from "../walk.ts";
import { setSafeAttribute } from "./elements.ts";
import type { ReplicaNodes } from "./replica-nodes.ts";

/**
 * Browsers lay out what is inside of one another by calling themselves, and a few hundred floats or grids in one
 * another
 * end their process; plain blocks can be much deeper. So what lies deeper than any page that people made is shown in
 * plain blocks. How many nodes an element may stand in and still look as it wants to, and in how many, so that what it
 * stands in may:
 */
const FREE_DEPTH = 160;
const FREE_ABOVE = 400;

/** No style is stronger than an element's own that is important. */
const plainLook = [
  "display:block",
  "float:none",
  "position:static",
  "columns:auto",
  "overflow:visible",
  "writing-mode:horizontal-tb",
  "contain:none",
  "container-type:normal",
  "filter:none",
  "backdrop-filter:none",
  "transform:none",
  "opacity:1",
  "mask:none",
  "clip-path:none",
  "mix-blend-mode:normal",
  "will-change:auto",
]
  .map((declaration) => `;${declaration}!important`)
  .join("");

/** Elements that are blocks when their style says so. */
const plainTags =
  /^(div|span|p|a|b|i|u|s|em|strong|small|label|ul|ol|li|dl|dd|dt|section|article|aside|main|nav|header|footer|form|center|font|html|body|h[1-6]|[a-z]\w*-[-\w]*)$/;

/** Keeps what lies deep in a page plain. */
export class DeepZone {
  readonly #nodes: ReplicaNodes;
  readonly #deep = new WeakSet<Element>();
  /** Those of which all that they stand in is plain. */
  readonly #whole = new WeakSet<Node>();

  constructor(nodes: ReplicaNodes) {
    this.#nodes = nodes;
  }

  /** An element comes to a place. Throws `BoundsError` if it cannot be so deep. */
  comes(element: Element, parent: Node, depth: number): void {
    if (depth <= FREE_DEPTH) return;
    this.holds(parent, depth);
    this.#keep(element);
    if (depth > FREE_ABOVE) this.plainAbove(parent);
  }

  /** A node is going to stand elsewhere, or what it stands in is. */
  moves(node: Node): void {
    this.#whole.delete(node);
  }

  /** Makes all plain that something very deep stands in. Throws `BoundsError` if that cannot be. */
  plainAbove(parent: Node): void {
    let up = parent;
    for (; dom.nodeType(up) === Node.ELEMENT_NODE; up = dom.parentNode(up) as Node) {
      if (this.#whole.has(up)) return;
      this.#nodes.bounds.work(1);
      this.holds(up, Number.POSITIVE_INFINITY);
      this.#whole.add(up);
      this.#keep(up as Element);
      if (dom.parentNode(up) === null) return;
    }
    const frame = dom.nodeType(up) === Node.DOCUMENT_NODE ? parentHostOrFrame(up) : undefined;
    if (frame === undefined || (frame !== null && dom.ownerDocument(frame) !== document))
      throw new BoundsError("depth");
  }

  #keep(element: Element): void {
    this.#deep.add(element);
    this.#nodes.incomparable = true;
    this.#setStyle(element, dom.getAttribute(element, "style") ?? "");
  }

  /** Something comes into a node. Throws `BoundsError` if the node is too deep for that. */
  holds(parent: Node, depth: number): void {
    if (
      depth > FREE_DEPTH &&
      !(dom.nodeType(parent) === Node.ELEMENT_NODE && plainTags.test(dom.localName(parent as Element)))
    )
      throw new BoundsError("depth");
  }

  /** A shadow root or a document comes into a node. */
  opens(depth: number): void {
    if (depth > FREE_DEPTH) throw new BoundsError("depth");
  }

  /** An attribute of an element was set or removed. */
  changed(element: Element, name: string): void {
    if (name === "style" && this.#deep.has(element))
      this.#setStyle(element, dom.getAttribute(element, "style") ?? "");
  }

  #setStyle(element: Element, style: string): void {
    if (!style.endsWith(plainLook)) setSafeAttribute(element, Item.html, "style", style + plainLook);
  }
}
