import * as dom from "../dom.ts";
import { isStyle } from "../node-types.ts";
import type { ReplicaDocuments } from "./documents.ts";
import { makeElement, namespaceIn, setSafeAttribute, shadowRootFor } from "./elements.ts";
import type { ReplicaNodes } from "./replica-nodes.ts";
import { isFrame, mirroredTag } from "./sanitise.ts";
import { FRAME_PLACEHOLDER, FRAME_SANDBOX } from "./shell.ts";
import type { Namespace, TreeOperations } from "./wire.ts";

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
  /** Depth of items that are read and dropped, because the node they go to is unknown. */
  #dropping = 0;
  #before: Node | null = null;
  #edits = 0;

  constructor(nodes: ReplicaNodes, document: Document, documents: ReplicaDocuments, events: TreeEvents) {
    this.#nodes = nodes;
    this.#document = document;
    this.#documents = documents;
    this.#events = events;
  }

  /** How many operations changed nodes, their texts or attributes. */
  get edits(): number {
    return this.#edits;
  }

  startPlace(parent: number, before: number): void {
    this.#edits++;
    const node = this.#nodes.get(parent) as (ParentNode & Node) | undefined;
    const next = before ? this.#nodes.get(before) : null;
    if (node === undefined || next === undefined || (next !== null && dom.parentNode(next) !== node)) {
      this.#events.lost();
      this.#dropping = 1;
      return;
    }
    this.#stack.push(node);
    this.#before = next;
  }

  move(id: number, kept: boolean): void {
    if (this.#dropping) return;
    const node = this.#nodes.get(id);
    if (node === undefined) this.#events.lost();
    else this.#insert(node, kept);
  }

  element(namespace: Namespace, id: number, tag: string, attributes: readonly string[], open: boolean): void {
    if (this.#dropping) {
      if (open) this.#dropping++;
      return;
    }
    const parent = this.#stack.at(-1);
    const document = parent && dom.nodeType(parent) === Node.DOCUMENT_NODE ? (parent as Document) : undefined;
    if (document) this.#documents.beforeElement(document);
    const element = makeElement(this.#documentOf(parent), namespace, mirroredTag(namespace, tag));
    for (let i = 0; i < attributes.length; i += 2)
      setSafeAttribute(element, namespace, attributes[i] as string, attributes[i + 1] as string);
    if (isFrame(dom.localName(element))) {
      dom.setAttribute(element, "sandbox", FRAME_SANDBOX);
      // Its document would follow: the customer's page may not read it either.
      if (!open) dom.setAttribute(element, FRAME_PLACEHOLDER, "frame");
    }
    this.#nodes.set(id, element);
    this.#insert(element);
    if (document) this.#documents.root(document, element);
    this.#events.element(element);
    if (open) this.#stack.push(element);
  }

  textNode(id: number, text: string): void {
    if (this.#dropping) return;
    const node = dom.createTextNode(this.#documentOf(this.#stack.at(-1)), text);
    this.#nodes.set(id, node);
    this.#insert(node);
    if (isStyle(dom.parentNode(node))) this.#events.styleText(id, text);
  }

  shadowRoot(id: number, manual: boolean): void {
    const host = this.#dropping ? undefined : (this.#stack.at(-1) as Element | undefined);
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
    this.#documents.openInner(inner, baseUrl);
    this.#nodes.set(id, inner);
    this.#stack.push(inner);
  }

  doctype(_id: number, standards: boolean): void {
    const parent = this.#stack.at(-1);
    if (this.#dropping || !parent || dom.nodeType(parent) !== Node.DOCUMENT_NODE) return;
    this.#documents.doctype(parent as Document, standards);
  }

  end(): void {
    if (this.#dropping) this.#dropping--;
    else this.#stack.pop();
  }

  remove(id: number): void {
    this.#edits++;
    const node = this.#nodes.get(id);
    if (node === undefined) return;
    this.#nodes.drop(node);
    this.#events.removed();
  }

  setAttribute(id: number, name: string, value: string): void {
    const element = this.#known(id);
    if (!element) return;
    setSafeAttribute(element, namespaceIn(element), name, value);
    this.#events.attribute(element, name);
  }

  removeAttribute(id: number, name: string): void {
    const element = this.#known(id);
    if (element) dom.removeAttribute(element, name);
  }

  text(id: number, text: string): void {
    this.#edits++;
    const node = this.#nodes.get(id);
    if (node === undefined || dom.nodeType(node) !== Node.TEXT_NODE) {
      this.#events.lost();
      return;
    }
    dom.setData(node as Text, text);
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

  /** Puts a node where the innermost open item is: before the anchor only at the place's own level. */
  #insert(node: Node, kept = false): void {
    const parent = this.#stack.at(-1) as Node;
    const before = this.#stack.length === 1 ? this.#before : null;
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
