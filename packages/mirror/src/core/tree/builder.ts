import type { Bounds } from "../bounds.ts";
import * as dom from "../dom.ts";
import { holdsCss, isStyle } from "../node-types.ts";
import { DeepZone } from "./deep.ts";
import { depthOf, heightOf } from "./depth.ts";
import type { ReplicaDocuments } from "./documents.ts";
import { makeElement, namespaceIn, setSafeAttribute, shadowRootFor } from "./elements.ts";
import type { DocumentMode } from "./mode.ts";
import type { ReplicaNodes } from "./replica-nodes.ts";
import { isFrame, mirroredTag } from "./sanitise.ts";
import { FRAME_PLACEHOLDER, FRAME_SANDBOX } from "./shell.ts";
import { StyleSizes } from "./style-sizes.ts";
import type { Namespace, TreeOperations } from "./wire.ts";

/** What operations cost, in microseconds: with the layout that they bring, where it comes to much. */
const MOVE_STEPS = 8;
const ELEMENT_STEPS = 8;
const TEXT_STEPS = 4;
const DOCUMENT_STEPS = 10_000;

/** Nothing in a shorter attribute nests too deep. */
const SHORT = 96;

/** What the features of a page hear of its tree. */
export interface TreeEvents {
  shadowRoot(root: ShadowRoot): void;
  element(element: Element): void;
  attribute(element: Element, name: string): void;
  styleText(id: number, text: string): void;
  removed(): void;
  /** The stream names a node that this page does not have: it lost its place. */
  lost(): void;
}

/**
 * Builds the nodes of one page. Nothing in the stream is trusted: tags, attributes and addresses pass the same
 * allowlist as at the capture side, unknown ids are ignored.
 */
export class TreeBuilder implements TreeOperations {
  readonly #nodes: ReplicaNodes;
  readonly #document: Document;
  readonly #documents: ReplicaDocuments;
  readonly #events: TreeEvents;
  /** Where items go: innermost last. */
  readonly #stack: (ParentNode & Node)[] = [];
  /** How deep the place of an operation lies. */
  #depth = 0;
  readonly #styles: StyleSizes;
  readonly #deep: DeepZone;
  /** Depth of items that are read and dropped, because the node they go to is unknown. */
  #dropping = 0;
  #before: Node | null = null;
  #edits = 0;

  constructor(nodes: ReplicaNodes, document: Document, documents: ReplicaDocuments, events: TreeEvents) {
    this.#nodes = nodes;
    this.#document = document;
    this.#documents = documents;
    this.#events = events;
    this.#styles = new StyleSizes(nodes);
    this.#deep = new DeepZone(nodes);
  }

  /** How many operations changed nodes, their texts or attributes. */
  get edits(): number {
    return this.#edits;
  }

  startPlace(parent: number, before: number): void {
    this.#edits++;
    this.#documents.begin("");
    const node = this.#nodes.get(parent) as (ParentNode & Node) | undefined;
    const next = before ? this.#nodes.get(before) : null;
    if (node === undefined || next === undefined || (next !== null && dom.parentNode(next) !== node)) {
      this.#events.lost();
      this.#dropping = 1;
      return;
    }
    this.#stack.push(node);
    this.#before = next;
    this.#depth = depthOf(node);
    this.#nodes.bounds.work(this.#depth >> 3);
  }

  move(id: number, kept: boolean): void {
    if (this.#dropping) return;
    const node = this.#nodes.get(id);
    if (node === undefined) {
      this.#events.lost();
      return;
    }
    const { bounds } = this.#nodes;
    bounds.work(MOVE_STEPS);
    const depth = this.#depth + this.#stack.length;
    if (this.#nodes.incomparable || depthOf(node) < depth) this.#deepens(node, depth);
    this.#styles.leaves(node);
    if (dom.nodeType(node) === Node.TEXT_NODE) this.#styles.comes(id, node as Text, ...this.#target());
    this.#nodes.countText(node, -1);
    this.#insert(node, kept);
    this.#nodes.countText(node, 1);
  }

  element(namespace: Namespace, id: number, tag: string, attributes: readonly string[], open: boolean): void {
    if (this.#dropping) {
      if (open) this.#dropping++;
      return;
    }
    const parent = this.#stack.at(-1);
    const document =
      (parent && dom.nodeType(parent)) === Node.DOCUMENT_NODE ? (parent as Document) : undefined;
    if (document) {
      this.#nodes.bounds.work(DOCUMENT_STEPS);
      this.#documents.beforeElement(document);
    }
    const { bounds } = this.#nodes;
    bounds.work(ELEMENT_STEPS + attributes.length);
    const depth = this.#depth + this.#stack.length;
    bounds.check("depth", depth);
    bounds.check("attributes", attributes.length >> 1);
    const element = makeElement(this.#documentOf(parent), namespace, mirroredTag(namespace, tag));
    for (let i = 0; i < attributes.length; i += 2) {
      const [name, value] = [attributes[i] as string, attributes[i + 1] as string];
      checkAttribute(name, value, bounds);
      setSafeAttribute(element, namespace, name, value);
    }
    if (isFrame(dom.localName(element))) {
      dom.setAttribute(element, "sandbox", FRAME_SANDBOX);
      if (namesFrames) dom.setAttribute(element, "src", `about:blank?${id}`);
      // Its document would follow: the customer's page may not read it either.
      if (!open) dom.setAttribute(element, FRAME_PLACEHOLDER, "frame");
    }
    this.#styles.leaves(this.#nodes.get(id));
    this.#nodes.set(id, element);
    if (isFrame(dom.localName(element))) {
      bounds.work(DOCUMENT_STEPS);
      this.#nodes.count(id, "frames", 1);
    }
    this.#deep.comes(element, parent as Node, depth);
    this.#insert(element);
    if (document) this.#documents.root(document, element);
    this.#events.element(element);
    if (open) this.#stack.push(element);
  }

  textNode(id: number, text: string): void {
    if (this.#dropping) return;
    this.#nodes.bounds.work(TEXT_STEPS + (holdsCss(this.#stack.at(-1) ?? null) ? 0 : text.length / 2));
    const node = dom.createTextNode(this.#documentOf(this.#stack.at(-1)), text);
    this.#styles.leaves(this.#nodes.get(id));
    this.#nodes.set(id, node);
    this.#styles.comes(id, node, ...this.#target());
    this.#insert(node);
    this.#nodes.countText(node, 1);
    if (isStyle(dom.parentNode(node))) this.#events.styleText(id, text);
  }

  shadowRoot(id: number, manual: boolean): void {
    const host = this.#dropping ? undefined : (this.#stack.at(-1) as Element | undefined);
    this.#nodes.bounds.work(ELEMENT_STEPS);
    this.#deep.opens(this.#depth + this.#stack.length);
    const root = host && shadowRootFor(host, manual);
    if (root === undefined) {
      this.#dropping++;
      return;
    }
    this.#nodes.set(id, root);
    this.#events.shadowRoot(root);
    this.#stack.push(root);
  }

  document(id: number, baseUrl: string): void {
    const frame = this.#dropping ? undefined : this.#stack.at(-1);
    const inner = frame && dom.contentDocument(frame as HTMLIFrameElement);
    if (!inner) {
      this.#dropping++;
      return;
    }
    this.#nodes.bounds.work(DOCUMENT_STEPS);
    this.#deep.opens(this.#depth + this.#stack.length);
    this.#documents.openInner(inner, baseUrl);
    this.#nodes.set(id, inner);
    this.#stack.push(inner);
  }

  doctype(_id: number, mode: DocumentMode): void {
    const parent = this.#stack.at(-1);
    if (this.#dropping || (parent && dom.nodeType(parent)) !== Node.DOCUMENT_NODE) return;
    this.#nodes.bounds.work(DOCUMENT_STEPS);
    this.#documents.doctype(parent as Document, mode);
  }

  end(): void {
    if (this.#dropping) this.#dropping--;
    else this.#stack.pop();
  }

  remove(id: number): void {
    this.#edits++;
    const node = this.#nodes.get(id);
    if (node === undefined) return;
    this.#styles.leaves(node);
    this.#nodes.drop(node);
    this.#events.removed();
  }

  setAttribute(id: number, name: string, value: string): void {
    const element = this.#known(id);
    if (!element) return;
    if (!dom.hasAttribute(element, name))
      this.#nodes.bounds.check("attributes", dom.attributes(element).length + 1);
    checkAttribute(name, value, this.#nodes.bounds);
    setSafeAttribute(element, namespaceIn(element), name, value);
    this.#deep.changed(element, name);
    this.#events.attribute(element, name);
  }

  removeAttribute(id: number, name: string): void {
    const element = this.#known(id);
    element && dom.removeAttribute(element, name);
    if (element) this.#deep.changed(element, name);
  }

  text(id: number, text: string): void {
    this.#edits++;
    const node = this.#nodes.get(id);
    if (node === undefined || dom.nodeType(node) !== Node.TEXT_NODE) {
      this.#events.lost();
      return;
    }
    this.#styles.changes(id, node as Text, text);
    if (!holdsCss(dom.parentNode(node))) this.#nodes.bounds.work(TEXT_STEPS + text.length / 2);
    this.#nodes.countText(node, -1);
    dom.setData(node as Text, text);
    this.#nodes.countText(node, 1);
    if (isStyle(dom.parentNode(node))) this.#events.styleText(id, text);
  }

  /**
   * Nodes are made where they will stand: one that an iframe's document adopts is kept by the window that it was
   * made in as long as it plays, and what it loads starts at the wrong place.
   */
  #documentOf(parent: Node | undefined): Document {
    if (!parent) return this.#document;
    return dom.nodeType(parent) === Node.DOCUMENT_NODE
      ? (parent as Document)
      : (dom.ownerDocument(parent) ?? this.#document);
  }

  #known(id: number): Element | undefined {
    this.#edits++;
    const element = this.#nodes.element(id);
    if (element === undefined) this.#events.lost();
    return element;
  }

  /** A node with all below it comes to another place, which may be deeper. */
  #deepens(node: Node, depth: number): void {
    const { bounds } = this.#nodes;
    const height = heightOf(node, bounds, (below, level) => {
      this.#deep.moves(below);
      if (dom.nodeType(below) === Node.DOCUMENT_FRAGMENT_NODE) this.#deep.opens(depth + level - 1);
      else if (dom.nodeType(below) === Node.ELEMENT_NODE)
        this.#deep.comes(
          below as Element,
          level === 1 ? (this.#stack.at(-1) as Node) : (dom.parentNode(below) as Node),
          depth + level - 1,
        );
    });
    bounds.check("depth", depth + height - 1);
  }

  /** Where the innermost open item is: before the anchor only at the place's own level. */
  #target(): [parent: Node, before: Node | null] {
    return [this.#stack.at(-1) as Node, this.#stack.length === 1 ? this.#before : null];
  }

  #insert(node: Node, kept = false): void {
    const [parent, before] = this.#target();
    if (before === node || dom.contains(node, parent)) return;
    if (dom.parentNode(node) === parent && dom.nextSibling(node) === before && before !== null) return;
    // A document takes one element only; a hostile or odd page may name more.
    if (dom.nodeType(parent) === Node.DOCUMENT_NODE) {
      if (dom.nodeType(node) !== Node.ELEMENT_NODE) return;
      const former = dom.documentElement(parent as Document);
      if (former && former !== node) dom.remove(former);
      dom.appendChild(parent, node);
      return;
    }
    if (kept && moveBefore(parent, node, before)) return;
    dom.insertBefore(parent, node, before);
  }
}

/** Moves a node with its state; false where that is not possible. */
function moveBefore(parent: Node, node: Node, before: Node | null): boolean {
  try {
    return dom.moveBefore(parent, node, before);
  } catch {
    return false;
  }
}

/**
 * WebKit gives no box to a frame whose address two of the documents around it have, be it `about:blank`: each has one
 * of its own. Elsewhere the document of such an address comes later than the element.
 */
const namesFrames = globalThis.CSS?.supports("hanging-punctuation", "first");

/** Attributes that are read as nothing but text, or as an address. */
const plain = /^(data-|aria-)|^(alt|title|value|placeholder|label|content|(xlink:)?href|src|poster)$/i;

/** Many attributes are read as CSS, some of SVG among them: brackets nest in them as in a sheet. */
function checkAttribute(name: string, value: string, bounds: Bounds): void {
  if (value.length < SHORT) return;
  bounds.check("value", value.length);
  if (!plain.test(name)) bounds.nesting(value);
}
