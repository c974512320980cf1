import type { MirrorFrame } from "@copane/protocol";
import { handledBy } from "../core/codec/reader.ts";
import * as dom from "../core/dom.ts";
import type { ReplicaFeature } from "../core/replica-feature.ts";
import type { ReplicaNodes } from "../core/tree/replica-nodes.ts";
import { isFrame } from "../core/tree/sanitise.ts";
import { MOST_SUBFRAMES } from "../core/tree/subframe-ids.ts";
import { type SubframeOperations, subframeReaders } from "./wire.ts";

/** Subframes in subframes go no deeper: their nodes would have no ids. */
const MOST_DEPTH = 3;

/** The page in one subframe. */
export interface SubframePage {
  receive(frame: MirrorFrame): void;
  setFollowing(on: boolean): void;
  /** Empties the subframe. */
  destroy(): void;
}

/** Where a page in a subframe is shown, and what it may tell the page outside. */
export interface SubframeOptions {
  frame: HTMLIFrameElement;
  /** The iframe's. */
  document: Document;
  /** Number of the subframe in the page outside. */
  number: number;
  /** How many iframes it stands in. */
  depth: number;
  /** Nodes of the page outside. */
  outer: ReplicaNodes;
  /** Payload of a feedback frame for the page outside. */
  feedback(payload: Uint8Array): void;
  /** The customer's mouse, in the viewport of the page outside. */
  cursor(x: number, y: number): void;
}

export interface SubframesOptions {
  /** How many iframes the page outside stands in. */
  depth: number;
  following: boolean;
  feedback(payload: Uint8Array): void;
  cursor(x: number, y: number): void;
  /** Begins to show a page in an iframe. */
  open(options: SubframeOptions): SubframePage;
}

interface Open {
  frame: HTMLIFrameElement;
  document: Document;
  number: number;
  /** Which of the pages that had the number. */
  page: number;
  shown: SubframePage;
}

/**
 * Pages of other origins in the iframes of a page. Each has a stream, ids and files of its own, and does not trust, or
 * reach, anything outside of its subframe: no page may be able to put something into another.
 */
export class SubframesReplica implements ReplicaFeature, SubframeOperations {
  readonly handlers = handledBy<SubframeOperations>(this, subframeReaders);
  readonly #nodes: ReplicaNodes;
  readonly #options: SubframesOptions;
  readonly #open = new Map<number, Open>();
  #following: boolean;

  constructor(nodes: ReplicaNodes, options: SubframesOptions) {
    this.#nodes = nodes;
    this.#options = options;
    this.#following = options.following;
  }

  subframe(id: number, number: number, inner: MirrorFrame): void {
    const frame = this.#nodes.element(id) as HTMLIFrameElement | undefined;
    if (!frame || !isFrame(dom.localName(frame)) || this.#options.depth >= MOST_DEPTH) return;
    let open = this.#open.get(id);
    if (open && !(stands(open, frame) && open.number === number && open.page === inner.page))
      open = this.#end(id, open);
    if (inner.payload.length === 0) {
      if (open) this.#end(id, open);
      return;
    }
    if (!open) {
      const document = dom.contentDocument(frame);
      if (!document || this.#open.size >= MOST_SUBFRAMES) return;
      const shown = this.#begin(frame, document, number);
      open = { frame, document, number, page: inner.page, shown };
      open.shown.setFollowing(this.#following);
      this.#open.set(id, open);
    }
    open.shown.receive(inner);
  }

  /** Ends the pages whose iframe is gone. */
  applied(): void {
    for (const [id, open] of this.#open) {
      const frame = this.#nodes.element(id) as HTMLIFrameElement | undefined;
      if (!frame || !stands(open, frame)) this.#end(id, open);
    }
  }

  setFollowing(on: boolean): void {
    this.#following = on;
    for (const { shown } of this.#open.values()) shown.setFollowing(on);
  }

  destroy(): void {
    for (const [id, open] of this.#open) this.#end(id, open);
  }

  #begin(frame: HTMLIFrameElement, document: Document, number: number): SubframePage {
    const { open, depth, feedback, cursor } = this.#options;
    return open({ frame, document, number, depth: depth + 1, outer: this.#nodes, feedback, cursor });
  }

  #end(id: number, { shown }: Open): undefined {
    this.#open.delete(id);
    shown.destroy();
    return undefined;
  }
}

/** Whether a page still stands in an iframe: moving an iframe empties it. */
function stands({ frame, document }: Open, now: HTMLIFrameElement): boolean {
  return now === frame && dom.contentDocument(now) === document;
}
