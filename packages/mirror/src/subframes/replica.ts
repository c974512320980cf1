import { encodeFrame, type MirrorFrame } from "@copane/protocol";
import { encodeFeedback, type FeedbackFrame } from "../core/flow/feedback.ts";
import { MirrorStream } from "../core/flow/stream.ts";
import type { ReplicaNodes } from "../core/tree/replica-nodes.ts";
import { isFrame } from "../core/tree/sanitise.ts";
import { AssetStore } from "../features/assets/replica.ts";
import { ReplicaDrift } from "../features/drift/replica.ts";
import { FontStore } from "../features/fonts/font-store.ts";
import { ReplicaFonts } from "../features/fonts/replica.ts";
import { TextStore } from "../features/style-texts/text-store.ts";
import { stateAttributes } from "../features/styles/selectors.ts";
import { PageBuilder } from "../replica/page.ts";
import { FRAME_PLACEHOLDER } from "../replica/shell.ts";

/** Frames in frames go no deeper: their nodes would have no ids. */
const MOST_DEPTH = 3;

/** Pages of other origins that are built at once in one page. */
const MOST_PAGES = 127;

export interface FrameEvents {
  feedback(payload: Uint8Array): void;
  /** The customer's mouse, in the viewport of the page that the frames are in. */
  cursor(x: number, y: number): void;
}

/**
 * Pages of other origins in the frames of a page. Each has a stream, ids and files of its own, and does not trust, or
 * reach, anything outside of its frame: no page may be able to put something into another.
 */
export class ReplicaFrames {
  readonly #nodes: ReplicaNodes;
  readonly #events: FrameEvents;
  readonly #depth: number;
  readonly #pages = new Map<number, EmbeddedPage>();
  #following = true;

  constructor(nodes: ReplicaNodes, events: FrameEvents, depth = 1) {
    this.#nodes = nodes;
    this.#events = events;
    this.#depth = depth;
  }

  receive(id: number, number: number, inner: MirrorFrame): void {
    const frame = this.#nodes.element(id) as HTMLIFrameElement | undefined;
    if (!frame || !isFrame(frame.localName) || this.#depth > MOST_DEPTH) return;
    let page = this.#pages.get(id);
    if (page && !(page.stands(frame) && page.number === number && page.page === inner.page))
      page = this.#end(id, page);
    if (inner.payload.length === 0) {
      if (page) this.#end(id, page);
      return;
    }
    if (!page) {
      if (!frame.contentDocument || this.#pages.size >= MOST_PAGES) return;
      page = new EmbeddedPage(this.#nodes, frame, { number, page: inner.page }, this.#events, this.#depth);
      page.setFollowing(this.#following);
      this.#pages.set(id, page);
    }
    page.receive(inner);
  }

  /** Ends what stood in frames that are gone. */
  tidy(): void {
    for (const [id, page] of this.#pages) {
      const frame = this.#nodes.element(id) as HTMLIFrameElement | undefined;
      if (!frame || !page.stands(frame)) this.#end(id, page);
    }
  }

  setFollowing(on: boolean): void {
    this.#following = on;
    for (const page of this.#pages.values()) page.setFollowing(on);
  }

  destroy(): void {
    for (const [id, page] of this.#pages) this.#end(id, page);
  }

  #end(id: number, page: EmbeddedPage): undefined {
    this.#pages.delete(id);
    page.destroy();
    return undefined;
  }
}

class EmbeddedPage {
  readonly number: number;
  /** Which of the pages that had the number. */
  readonly page: number;
  readonly #outer: ReplicaNodes;
  readonly #frame: HTMLIFrameElement;
  readonly #document: Document;
  readonly #events: FrameEvents;
  readonly #depth: number;
  readonly #stream: MirrorStream;
  readonly #fonts: ReplicaFonts;
  readonly #store = new AssetStore();
  /** Its own too. */
  readonly #texts = new TextStore();
  #builder: PageBuilder | undefined;
  #frames: ReplicaFrames | undefined;
  #drift: ReplicaDrift | undefined;
  #following = true;

  constructor(
    outer: ReplicaNodes,
    frame: HTMLIFrameElement,
    { number, page }: { number: number; page: number },
    events: FrameEvents,
    depth: number,
  ) {
    this.number = number;
    this.page = page;
    this.#outer = outer;
    this.#frame = frame;
    this.#document = frame.contentDocument as Document;
    this.#events = events;
    this.#depth = depth;
    this.#fonts = new ReplicaFonts(
      (wanted) => this.#stream.sendFeedback(encodeFeedback({ kind: "fonts", wanted })),
      // Its own: what the other pages use is not for this one to hear.
      new FontStore(),
    );
    this.#stream = new MirrorStream({
      beginEpoch: () => this.#begin(),
      applied: () => {
        this.#builder?.settle();
        this.#frames?.tidy();
      },
      send: (inner) => this.#feedback(inner),
      // Not this page's fault, and not to be told as one: the stream asks for a snapshot.
      onError: () => {},
    });
    frame.removeAttribute(FRAME_PLACEHOLDER);
  }

  /** Whether this is what stands in a frame now: moving a frame empties it. */
  stands(frame: HTMLIFrameElement): boolean {
    return frame === this.#frame && frame.contentDocument === this.#document;
  }

  receive(frame: MirrorFrame): void {
    this.#stream.receive(frame);
    if (this.#stream.lost) this.#stream.requestResync();
  }

  setFollowing(on: boolean): void {
    this.#following = on;
    this.#builder?.setFollowing(on);
    this.#frames?.setFollowing(on);
  }

  destroy(): void {
    this.#clear();
    this.#stream.destroy();
    this.#fonts.destroy();
    this.#document.documentElement?.remove();
    this.#frame.setAttribute(FRAME_PLACEHOLDER, "frame");
  }

  #clear(): void {
    this.#outer.embed(this.number, this.#frame, undefined);
    this.#drift?.destroy();
    this.#drift = undefined;
    this.#frames?.destroy();
    this.#builder?.destroy();
  }

  #begin(): PageBuilder {
    this.#clear();
    this.#fonts.beginEpoch();
    const builder = new PageBuilder(
      this.#document,
      {
        page: nothing,
        viewport: nothing,
        cursor: (x, y) => this.#cursor(x, y),
        ready: () => this.#ready(builder),
        document: (inner) => this.#fonts.watch(inner),
        font: (keys, bytes) => this.#fonts.receive(keys, bytes),
        knownFont: (keys, hash) => this.#fonts.receiveKnown(keys, hash),
        wanted: (wanted) => this.#stream.sendFeedback(encodeFeedback({ kind: "assets", wanted })),
        fidelity: nothing,
        compare: (id) => this.#drift?.compare(id),
        frame: (...args) => this.#frames?.receive(...args),
        lost: () => this.#stream.requestResync(),
      },
      this.#store,
      this.#texts,
    );
    const feedback = (payload: Uint8Array) => this.#stream.sendFeedback(payload);
    const cursor = (x: number, y: number) => this.#cursor(x, y);
    this.#frames = new ReplicaFrames(builder.nodes, { feedback, cursor }, this.#depth + 1);
    this.#builder = builder;
    this.setFollowing(this.#following);
    this.#outer.embed(this.number, this.#frame, builder.nodes);
    return builder;
  }

  #ready(page: PageBuilder): void {
    this.#drift?.destroy();
    this.#drift = new ReplicaDrift({
      page,
      document: this.#document,
      applied: () => this.#stream.applied,
      send: (payload) => this.#stream.sendFeedback(payload),
    });
  }

  /** Only while the page outside says that the mouse is over the frame, and never out of its box. */
  #cursor(x: number, y: number): void {
    const frame = this.#frame;
    if (!frame.hasAttribute(stateAttributes.hover)) return;
    const { left, top, width, height } = frame.getBoundingClientRect();
    this.#events.cursor(
      left + Math.min(Math.max(frame.clientLeft + x, 0), width),
      top + Math.min(Math.max(frame.clientTop + y, 0), height),
    );
  }

  #feedback(frame: FeedbackFrame): void {
    const payload = encodeFrame(frame, frame.payload);
    this.#events.feedback(encodeFeedback({ kind: "frame", number: this.number, payload }));
  }
}

/** What a page in a frame has no say in. */
function nothing(): void {}
