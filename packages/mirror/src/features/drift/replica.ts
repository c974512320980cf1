import * as dom from "../../core/dom.ts";
import { PICTURE } from "../../core/tree/elements.ts";
import { OWN, type ReplicaNodes } from "../../core/tree/replica-nodes.ts";
import { Digest, opaqueTags } from "./digest.ts";
import { type CheckedPart, encodeCheck, MOST_CHECKED } from "./wire.ts";

/** How often a part of the page is compared, in milliseconds. */
const CHECK_MS = 1_000;

/** A subtree up to this many nodes is compared as a whole; of a bigger one the parts. */
const WHOLE = 800;

/** Comparisons of one turn. */
const MOST_CHECKS = 6;

/**
 * A part that is as it was when it was last told of, in a page that nothing changed since, is told of after
 * so many turns.
 */
const TELL_AGAIN = 10;

const COMPARE_STEPS = 200;

/** What the capture side was told of a part. */
interface Told {
  hash: number;
  edits: number;
  turn: number;
}

/** Goes through the replica part by part, and tells the capture side in a few bytes what stands there. */
export class DriftReplica {
  readonly #page: { readonly nodes: ReplicaNodes; readonly edits: number };
  readonly #nodes: ReplicaNodes;
  readonly #document: Document;
  readonly #applied: () => { epoch: number; seq: number } | undefined;
  readonly #send: (payload: Uint8Array) => void;
  readonly #timer: ReturnType<typeof setInterval>;
  /** What is still to be compared in this round. */
  #queue: Node[] = [];
  readonly #told = new WeakMap<Node, Told>();
  #turns = 0;

  constructor(options: {
    /** `edits`: how many operations changed its nodes. */
    page: { readonly nodes: ReplicaNodes; readonly edits: number };
    document: Document;
    /** The last frame applied; undefined while there is no complete page. */
    applied(): { epoch: number; seq: number } | undefined;
    send(payload: Uint8Array): void;
  }) {
    this.#page = options.page;
    this.#nodes = options.page.nodes;
    this.#document = options.document;
    this.#applied = options.applied;
    this.#send = options.send;
    this.#timer = setInterval(() => this.#turn(), CHECK_MS);
  }

  destroy(): void {
    clearInterval(this.#timer);
  }

  /** A part that has drifted: compares what it is made of, so that only what differs is sent again. */
  compare(id: number): void {
    const node = this.#nodes.get(id);
    if (node === undefined) return;
    this.#nodes.bounds.work(COMPARE_STEPS + this.#nodes.bounds.nodes / 4);
    // When the frame that asks for it has been counted as applied.
    queueMicrotask(() => {
      const parts = partsOf(node);
      const now = parts.splice(0, MOST_CHECKED - 1);
      this.#tell([this.#checked(node, false), ...now.map((part) => this.#checked(part, true))]);
      this.#queue.push(...parts);
    });
  }

  #checked(node: Node, deep: boolean): CheckedPart | undefined {
    const id = this.#nodes.idOf(node);
    if (id === 0 || opaque(node)) return undefined;
    if (node === dom.documentElement(this.#document)) this.#tidy(node);
    return { id, deep, hash: deep ? this.#deep(node) : this.#shallow(node) };
  }

  /**
   * Extensions of the browser, and tools that take pictures, put styles of theirs beside head and body. These are not
   * part of the page, and no reason to send all of it anew.
   */
  #tidy(top: Node): void {
    for (const child of [...dom.childNodes(top)])
      if (this.#nodes.idOf(child) === 0 && !isOwn(child)) dom.remove(child);
  }

  /** All at once: each message wakes the customer's page. */
  #tell(checked: (CheckedPart | undefined)[]): void {
    const applied = this.#applied();
    const parts = checked.filter((part) => part !== undefined);
    if (applied && parts.length > 0) this.#send(encodeCheck({ ...applied, parts }));
  }

  #turn(): void {
    if (this.#nodes.incomparable || !this.#applied()) return;
    const checked: (CheckedPart | undefined)[] = [];
    this.#turns++;
    if (this.#queue.length === 0 && dom.documentElement(this.#document))
      this.#queue.push(dom.documentElement(this.#document));
    for (let checks = 0, budget = WHOLE * 2; checks < MOST_CHECKS && budget > 0; ) {
      const node = this.#queue.pop();
      if (node === undefined) break;
      if (!dom.isConnected(node) || opaque(node)) continue;
      const size = sizeOf(node);
      budget -= Math.min(size, WHOLE);
      if (size > WHOLE) this.#queue.push(...partsOf(node));
      const part = this.#checked(node, size <= WHOLE);
      if (part && this.#news(node, part)) checked.push(part);
      checks++;
    }
    this.#tell(checked);
  }

  /** Whether it may differ from what the capture side agreed to: a page at rest is not woken for nothing. */
  #news(node: Node, { hash }: CheckedPart): boolean {
    const { edits } = this.#page;
    const told = this.#told.get(node);
    if (told?.hash === hash && told.edits === edits && this.#turns < told.turn + TELL_AGAIN) return false;
    this.#told.set(node, { hash, edits, turn: this.#turns });
    return true;
  }

  #deep(top: Node): number {
    const digest = new Digest();
    const stack: Node[] = [top];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (isOwn(node)) continue;
      this.#own(digest, node);
      if (opaque(node)) continue;
      digest.mix(-1);
      for (let child = dom.lastChild(node); child !== null; child = dom.previousSibling(child))
        stack.push(child);
      const shadowRoot = dom.shadowRoot(node);
      if (shadowRoot) stack.push(shadowRoot);
    }
    return digest.value;
  }

  #shallow(node: Node): number {
    const digest = new Digest();
    this.#own(digest, node);
    for (let child = dom.firstChild(node); child !== null; child = dom.nextSibling(child))
      if (!isOwn(child)) digest.mix(this.#nodes.idOf(child));
    return digest.value;
  }

  /** A node that the wire never named has the number 0, and so makes a difference. */
  #own(digest: Digest, node: Node): void {
    digest.mix(this.#nodes.idOf(node));
    if (dom.nodeType(node) === Node.TEXT_NODE) digest.text(dom.data(node as Text));
    else if (dom.nodeType(node) === Node.ELEMENT_NODE && !opaque(node)) {
      digest.attributes(
        dom
          .getAttributeNames(node as Element)
          .map((name) => [name, dom.getAttribute(node as Element, name) ?? ""]),
      );
    }
  }
}

function opaque(node: Node): boolean {
  if (dom.nodeType(node) !== Node.ELEMENT_NODE) return false;
  const element = node as Element;
  if (dom.hasAttribute(element, "data-copane-placeholder") || dom.hasAttribute(element, PICTURE)) return true;
  return (
    dom.namespaceURI(element) === "http://www.w3.org/1999/xhtml" && opaqueTags.has(dom.localName(element))
  );
}

function isOwn(node: Node): boolean {
  return dom.nodeType(node) === Node.ELEMENT_NODE && dom.hasAttribute(node as Element, OWN);
}

/** How many nodes there are below, as far as it matters. */
function sizeOf(top: Node): number {
  let count = 0;
  const stack: Node[] = [top];
  for (let node = stack.pop(); node !== undefined && count <= WHOLE; node = stack.pop()) {
    count++;
    for (let child = dom.firstChild(node); child !== null; child = dom.nextSibling(child)) stack.push(child);
    const shadowRoot = dom.shadowRoot(node);
    if (shadowRoot) stack.push(shadowRoot);
  }
  return count;
}

function partsOf(node: Node): Node[] {
  const shadowRoot = dom.shadowRoot(node);
  return [...dom.childNodes(node), ...(shadowRoot ? [shadowRoot] : [])];
}
