import type { MirrorWriter } from "../../core/codec/writer.ts";
import * as dom from "../../core/dom.ts";
import { CDATA, DOCUMENT, ELEMENT, TEXT } from "../../core/node-types.ts";
import { outgoingAttributes } from "../../core/tree/attributes.ts";
import type { Changes } from "../../core/tree/changes.ts";
import type { NodeRecord, NodeTable } from "../../core/tree/node-table.ts";
import { namespaceOf } from "../../core/tree/sanitise.ts";
import type { ShadowRoots } from "../../core/tree/shadow-roots.ts";
import type { Privacy } from "../../privacy/verdict.ts";
import { Digest, opaqueTags } from "./digest.ts";
import type { CheckedPart } from "./wire.ts";
import { writeCompare, writeFidelity } from "./wire.ts";

/** A subtree up to this many nodes is sent anew as it is; in a bigger one the part that differs is looked for. */
const SMALL = 24;

/** A node with no more than this below it is sent anew with all of it when its own children differ. */
const WHOLE = 800;

/** Nodes that one check may make this page look at; viewers ask for less. */
const MOST_NODES = 4_000;

/**
 * The whole picture is sent anew for a difference at most so often, in milliseconds: something at the viewer, such as
 * an extension of the browser, may set the same thing wrong each time.
 */
const WHOLE_MS = 60_000;

/** The viewers are told how it stands after so many comparisons, and after each repair. */
const TELL_EVERY = 20;

/**
 * Compares what a viewer says it has of a subtree with what it was sent, and sends the subtree anew where they
 * differ. A subtree that changed since is not compared: it will be another time.
 */
export class DriftCapture {
  readonly #nodes: NodeTable;
  readonly #shadowRoots: ShadowRoots;
  readonly #changes: Changes;
  readonly #writer: MirrorWriter;
  readonly #privacy: Privacy;
  readonly #now: () => number;
  /** Nodes whose children were placed anew once and still differ. */
  readonly #stubborn = new WeakSet<NodeRecord>();
  /** Subtrees of which the viewers are to compare the parts. */
  readonly #narrow = new Set<number>();
  /** Nodes that may still be looked at for the check that is being made. */
  #budget = 0;
  #compared = 0;
  #repaired = 0;
  #told = 0;
  /** When the whole picture was last sent anew. */
  #wholeAt = Number.NEGATIVE_INFINITY;

  constructor(
    parts: {
      nodes: NodeTable;
      writer: MirrorWriter;
      privacy: Privacy;
      shadowRoots: ShadowRoots;
      now(): number;
    },
    changes: Changes,
  ) {
    this.#nodes = parts.nodes;
    this.#writer = parts.writer;
    this.#privacy = parts.privacy;
    this.#shadowRoots = parts.shadowRoots;
    this.#changes = changes;
    this.#now = parts.now;
  }

  /**
   * Returns what has to be sent again: nothing, a part that is now owed as a change, or everything.
   * Only to be called while no change is owed.
   * @param seq the last frame that the viewer had applied
   */
  check(seq: number, parts: readonly CheckedPart[]): "nothing" | "part" | "all" {
    let again: "nothing" | "part" = "nothing";
    this.#budget = MOST_NODES;
    for (const part of parts) {
      if (this.#budget <= 0) break;
      const found = this.#checkPart(seq, part);
      if (found === "all") return found;
      if (found === "part") again = found;
    }
    return again;
  }

  #checkPart(seq: number, { id, deep, hash }: CheckedPart): "nothing" | "part" | "all" {
    const record = this.#nodes.byId(id);
    if (record === undefined || record.opaque || record.touched > seq) return "nothing";
    const own = deep ? this.#deep(record, seq) : { hash: this.#shallow(record), size: 1 };
    if (own === undefined) return "nothing";
    this.#compared++;
    if (own.hash === hash) return "nothing";
    const { node } = record;
    if (own.size > SMALL) {
      this.#narrow.add(id);
      return "nothing";
    }
    this.#repaired++;
    this.#told = 0;
    const parent = dom.parentNode(node);
    if (dom.nodeType(node) === DOCUMENT || (parent && dom.nodeType(parent) === DOCUMENT))
      return this.#whole();
    if (deep || this.#sizeOf(node) <= WHOLE) {
      this.#changes.renew(dom.host(node) ?? node);
    } else if (this.#stubborn.has(record)) return this.#whole();
    else {
      this.#stubborn.add(record);
      this.#changes.replace(node);
    }
    return "part";
  }

  #whole(): "nothing" | "all" {
    if (this.#now() < this.#wholeAt + WHOLE_MS) return "nothing";
    this.#wholeAt = this.#now();
    return "all";
  }

  /** Whether the viewers have to hear something. */
  get hasPending(): boolean {
    return this.#narrow.size > 0 || this.#due;
  }

  /** Whether they should hear how it stands. */
  get #due(): boolean {
    return this.#compared > 0 && (this.#told === 0 || this.#compared >= this.#told + TELL_EVERY);
  }

  flush(): void {
    for (const id of this.#narrow) if (this.#nodes.byId(id)) writeCompare(this.#writer, id);
    this.#narrow.clear();
    if (!this.#due) return;
    this.#told = this.#compared;
    writeFidelity(this.#writer, this.#compared, this.#repaired);
  }

  /** Undefined when a part of it was touched since `seq`. */
  #deep(top: NodeRecord, seq: number): { hash: number; size: number } | undefined {
    const digest = new Digest();
    let size = 0;
    const stack: Node[] = [top.node];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      const record = this.#nodes.mirrored(node);
      if (record === undefined) continue;
      if (record.touched > seq) return undefined;
      size++;
      // A viewer asks for what it has in so many nodes: what is far more here differs, whatever follows.
      if (size > 2 * WHOLE) break;
      if (--this.#budget < 0) return undefined;
      this.#own(digest, record);
      if (this.#closed(record)) continue;
      digest.mix(-1);
      for (let child = dom.lastChild(node); child !== null; child = dom.previousSibling(child))
        stack.push(child);
      const root = dom.nodeType(node) === ELEMENT ? this.#shadowRoots.of(node as Element) : null;
      if (root !== null) stack.push(root);
    }
    return { hash: digest.value, size };
  }

  #shallow(record: NodeRecord): number {
    const digest = new Digest();
    this.#own(digest, record);
    let children = 0;
    for (
      let child = dom.firstChild(record.node);
      child !== null;
      child = dom.nextSibling(child), children++
    ) {
      const id = this.#nodes.idOf(child);
      if (id) digest.mix(id);
    }
    // As viewers count it: however many there are, the others of the same check have their turn.
    this.#budget -= Math.min(children + 1, WHOLE);
    return digest.value;
  }

  #sizeOf(top: Node): number {
    let size = 0;
    const stack: Node[] = [top];
    for (let node = stack.pop(); node !== undefined && size <= WHOLE; node = stack.pop()) {
      size++;
      for (let child = dom.firstChild(node); child !== null; child = dom.nextSibling(child))
        stack.push(child);
    }
    return size;
  }

  #own(digest: Digest, record: NodeRecord): void {
    const { node, masked } = record;
    digest.mix(record.id);
    if (dom.nodeType(node) === TEXT || dom.nodeType(node) === CDATA) {
      digest.text(this.#changes.outgoingText(node as Text, masked));
    } else if (dom.nodeType(node) === ELEMENT && !this.#closed(record)) {
      const pairs = outgoingAttributes(node as Element, namespaceOf(node as Element), masked, this.#privacy);
      digest.attributes(pairsOf(pairs));
    }
  }

  #closed({ node, opaque }: NodeRecord): boolean {
    return opaque || opaqueTags.has(dom.htmlName(node));
  }
}

function* pairsOf(flat: readonly string[]): Iterable<readonly [string, string]> {
  for (let i = 0; i < flat.length; i += 2) yield [flat[i] as string, flat[i + 1] as string];
}
