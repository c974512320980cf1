import { maskText } from "../../privacy/mask.ts";
import type { Decision, Privacy } from "../../privacy/verdict.ts";
import * as Verdict from "../../privacy/verdicts.ts";
import * as Item from "../codec/item.ts";
import type { MirrorWriter } from "../codec/writer.ts";
import { contentDocument } from "../content-document.ts";
import * as dom from "../dom.ts";
import type { Budget } from "../flow/budget.ts";
import { CDATA, DOCTYPE, DOCUMENT, ELEMENT, isStyle, TEXT } from "../node-types.ts";
import { outgoingAttributes } from "./attributes.ts";
import type { Discovery, OutgoingTexts } from "./discovery.ts";
import { baseUrlOf, modeOf } from "./document-facts.ts";
import * as Mode from "./mode.ts";
import type { NodeRecord, NodeTable } from "./node-table.ts";
import { isFrame, isIrrelevant, isStandard, mirroredTag, namespaceOf } from "./sanitise.ts";
import { mayHost, type ShadowRoots } from "./shadow-roots.ts";
import { embedsDocument, isReplaced, StandIns } from "./stand-ins.ts";
import type { Namespace } from "./wire.ts";
import {
  startPlace,
  writeDoctype,
  writeDocument,
  writeElement,
  writeEnd,
  writeMove,
  writeShadowRoot,
  writeTextNode,
} from "./wire.ts";

/** Stylesheets work everywhere, and animations of this kind nowhere else. */
const alsoInSvg = /^(?:style|set|animate(?:Transform|Motion)?)$/;

/** A container whose children are being written: the next one to write, or null. */
interface Open {
  record: NodeRecord;
  next: Node | null;
  /** It is a component: its children show in the slots of its shadow root. */
  slotted: boolean;
}

/**
 * Writes subtrees as `place` items, in document order and without recursion. When the budget is spent it
 * closes what is open, remembers where it was, and `resume()` goes on: a snapshot never blocks the page.
 */
export class Walker {
  readonly #nodes: NodeTable;
  readonly #writer: MirrorWriter;
  readonly #privacy: Privacy;
  readonly #budget: Budget;
  readonly #texts: OutgoingTexts;
  readonly #ignore: (element: Element) => boolean;
  readonly #discovery: Discovery;
  readonly #shadowRoots: ShadowRoots;
  readonly #standIns: StandIns;
  /** Documents inside that the viewers were given: an iframe may have another by the time it is forgotten. */
  readonly #given = new WeakMap<Element, Document>();
  readonly #open: Open[] = [];
  /** Nodes that are being moved with their state. */
  readonly #kept = new WeakSet<Node>();
  #pending: NodeRecord[] = [];

  constructor(
    parts: {
      nodes: NodeTable;
      writer: MirrorWriter;
      privacy: Privacy;
      budget: Budget;
      texts: OutgoingTexts;
      shadowRoots: ShadowRoots;
      ignore(element: Element): boolean;
    },
    discovery: Discovery,
  ) {
    this.#nodes = parts.nodes;
    this.#writer = parts.writer;
    this.#privacy = parts.privacy;
    this.#budget = parts.budget;
    this.#texts = parts.texts;
    this.#ignore = parts.ignore;
    this.#discovery = discovery;
    this.#shadowRoots = parts.shadowRoots;
    this.#standIns = new StandIns(parts);
  }

  reset(): void {
    this.#pending = [];
    this.#open.length = 0;
  }

  /** A node was moved with its state: it keeps its scroll positions, its iframes their documents. */
  keep(node: Node): void {
    this.#kept.add(node);
  }

  /** Begins the snapshot of a document; `resume()` writes it. */
  start(record: NodeRecord): void {
    record.pendingFrom = dom.firstChild(record.node);
    this.#pending.push(record);
  }

  /** Writes what is pending until all is written (true) or the budget is spent (false). */
  resume(): boolean {
    for (let record = this.#pending.pop(); record !== undefined; record = this.#pending.pop()) {
      const from = record.pendingFrom;
      record.pendingFrom = undefined;
      if (!record.mirrored || !from) continue;
      startPlace(this.#writer, record.id, 0);
      if (from === dom.firstChild(record.node)) this.#mode(record.node, record.id);
      this.#open.push({ record, next: from, slotted: true });
      if (!this.#drain() || this.#budget.spent) return this.#pending.length === 0;
    }
    return true;
  }

  /**
   * Writes one node and what is below it into the open `place`. Returns false when the budget ended
   * inside of it: the rest is pending.
   */
  emit(node: Node, masked: boolean): boolean {
    this.#item(node, masked || this.#privacy.isShielded(node));
    return this.#drain();
  }

  /** The viewers lose this node and all below it. */
  forget(node: Node): void {
    const stack: Node[] = [node];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const record = this.#nodes.mirrored(next);
      if (record !== undefined) this.#nodes.forget(record);
      for (let child = dom.firstChild(next); child !== null; child = dom.nextSibling(child))
        stack.push(child);
      if (dom.nodeType(next) !== ELEMENT) continue;
      const root = this.#shadowRoots.of(next as Element);
      if (root !== null) stack.push(root);
      const content = this.#given.get(next as Element);
      if (content === undefined) continue;
      this.#given.delete(next as Element);
      stack.push(content);
    }
  }

  /** What the viewers may have of an element now; a change against its record calls for a new one. */
  standing(element: Element, parentMasked: boolean): { masked: boolean; blocked: boolean } {
    const shielded = parentMasked || this.#privacy.isShielded(element);
    const verdict = this.#verdict(element, shielded);
    return { masked: shielded || verdict === Verdict.mask, blocked: verdict > Verdict.mask };
  }

  #verdict(element: Element, parentMasked: boolean): Decision {
    const own = this.#privacy.decide(element);
    return own === Verdict.show && parentMasked ? Verdict.mask : own;
  }

  #drain(): boolean {
    const open = this.#open;
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const child = top.next;
      if (child === null) {
        open.pop();
        writeEnd(this.#writer);
        continue;
      }
      if (this.#budget.spent) {
        this.#suspend();
        return false;
      }
      top.next = dom.nextSibling(child);
      const { record, slotted } = top;
      this.#item(child, record.masked || (slotted && this.#privacy.isShielded(child)));
    }
    return true;
  }

  #suspend(): void {
    // Outermost first, so that the innermost is popped first and document order holds.
    for (const { record, next } of this.#open) {
      if (next !== null) {
        record.pendingFrom = next;
        this.#pending.push(record);
      }
      writeEnd(this.#writer);
    }
    this.#open.length = 0;
  }

  #item(node: Node, masked: boolean): void {
    switch (dom.nodeType(node)) {
      case ELEMENT:
        this.#element(node as Element, masked);
        break;
      case TEXT:
      case CDATA:
        this.#text(node as Text, masked);
        break;
      case DOCTYPE:
        this.#discovery.placed(node);
        writeDoctype(
          this.#writer,
          this.#nodes.add(node, false, true).id,
          modeOf(dom.ownerDocument(node) as Document),
        );
        break;
    }
  }

  /** Of a document in standards mode without a doctype that says so: `srcdoc`, XHTML, a text, a picture. */
  #mode(node: Node, id: number): void {
    if (dom.nodeType(node) !== DOCUMENT || dom.doctype(node as Document) !== null) return;
    const mode = modeOf(node as Document);
    if (mode !== Mode.quirks) writeDoctype(this.#writer, id, mode);
  }

  #text(node: Text, masked: boolean): void {
    this.#discovery.placed(node);
    const known = this.#nodes.mirrored(node);
    if (known?.masked === masked) {
      this.#move(known);
      return;
    }
    const record = this.#nodes.add(node, masked);
    writeTextNode(this.#writer, record.id, this.#outgoing(record));
  }

  #outgoing(record: NodeRecord): string {
    const data = dom.data(record.node as Text);
    if (record.masked) return maskText(data);
    if (isStyle(dom.parentNode(record.node))) return this.#texts.outgoing(record.id, data, record);
    return this.#writer.redact(data);
  }

  #element(element: Element, parentMasked: boolean): void {
    this.#discovery.placed(element);
    if (this.#ignore(element)) return;
    const verdict = this.#verdict(element, parentMasked);
    if (verdict === Verdict.remove) return;
    const masked = parentMasked || verdict === Verdict.mask;
    const blocked = verdict > Verdict.mask;
    const known = this.#nodes.mirrored(element);
    if (known !== undefined) {
      if (known.masked === masked && known.blocked === blocked) {
        this.#move(known);
        return;
      }
      this.forget(element);
    }
    if (blocked) {
      this.#standIns.box(element, masked, verdict === Verdict.block ? "block" : "hide");
      return;
    }
    const namespace = namespaceOf(element);
    const localName = dom.localName(element);
    const told = !isIrrelevant(element, localName) && !this.#privacy.secrets.isInName(localName);
    const tag = told ? mirroredTag(namespace, localName) : "template";
    if (isReplaced(element, tag)) {
      this.#replaced(element, namespace, tag, masked);
      return;
    }
    const html = namespace === Item.html;
    const leaf = (html && tag === "textarea") || (masked && (tag === "style" || isFrame(tag)));
    const record = this.#nodes.add(element, masked, leaf);
    const attributes = outgoingAttributes(element, namespace, masked, this.#privacy);
    // An element can be called by what it holds.
    const own = masked && !isStandard(element, tag);
    const sent = own ? this.#privacy.names.outgoing(element, "", tag) : tag;
    this.#children(element, record, namespace, sent, attributes);
    // An element of another namespace only sounds like one that has a state, but for these.
    const heard = own ? dom.htmlName(element) !== "" : html || alsoInSvg.test(tag);
    this.#discovery.element(element, record, heard ? sent : "", attributes);
  }

  #move(record: NodeRecord): void {
    record.touched = this.#nodes.frame;
    writeMove(this.#writer, record.id, this.#kept.delete(record.node));
  }

  #children(
    element: Element,
    record: NodeRecord,
    namespace: Namespace,
    tag: string,
    attributes: readonly string[],
  ): void {
    const writer = this.#writer;
    const { id, masked } = record;
    if (record.opaque) {
      writeElement(writer, namespace, id, tag, attributes, false);
      return;
    }
    const first = dom.firstChild(element);
    const root = namespace === Item.html && mayHost(tag) ? this.#shadowRoots.of(element) : null;
    const content = isFrame(tag) ? contentDocument(element) : undefined;
    if (first === null && root === null && content === undefined) {
      writeElement(writer, namespace, id, tag, attributes, false);
      return;
    }
    const only = root === null && content === undefined && this.#onlyText(first, id, masked);
    if (only) {
      writeElement(writer, namespace, id, tag, attributes, this.#outgoing(only));
      this.#discovery.placed(only.node);
      return;
    }
    writeElement(writer, namespace, id, tag, attributes, true);
    // An iframe's own children are fallback content that is never shown.
    this.#open.push({ record, next: content === undefined ? first : null, slotted: root !== null });
    if (content !== undefined) {
      const inner = this.#nodes.add(content, masked);
      this.#given.set(element, content);
      writeDocument(writer, inner.id, writer.redact(baseUrlOf(content)));
      this.#mode(content, inner.id);
      this.#open.push({ record: inner, next: dom.firstChild(content), slotted: false });
      this.#discovery.document(element as HTMLIFrameElement, content);
    }
    if (root !== null) {
      const inner = this.#nodes.add(root, masked);
      writeShadowRoot(writer, inner.id, dom.slotAssignment(root) === "manual");
      this.#open.push({ record: inner, next: dom.firstChild(root), slotted: false });
      this.#discovery.shadowRoot(root);
    }
  }

  /** The common leaf (a table cell): its text travels with it when the ids happen to follow each other. */
  #onlyText(first: Node | null, id: number, masked: boolean): NodeRecord | undefined {
    if (first === null || dom.nodeType(first) !== TEXT || dom.nextSibling(first) !== null) return undefined;
    if (this.#nodes.mirrored(first) !== undefined) return undefined;
    const text = this.#nodes.add(first, masked);
    if (text.id === id + 1) return text;
    this.#nodes.forget(text);
    return undefined;
  }

  #replaced(element: Element, namespace: Namespace, tag: string, masked: boolean): void {
    if (masked || !embedsDocument(element, tag)) {
      this.#standIns.element(element, namespace, tag, masked);
      return;
    }
    const record = this.#nodes.add(element, masked, false, true);
    this.#children(element, record, namespace, "iframe", this.#standIns.attributes(element, "embedded"));
  }
}
