import type { MirrorFrame } from "@copane/protocol";
import * as dom from "../core/dom.ts";
import type { FeedbackFrame } from "../core/flow/feedback.ts";
import { MirrorStream } from "../core/flow/stream.ts";
import type { Loads } from "../core/tree/loads.ts";
import { FRAME_PLACEHOLDER } from "../core/tree/shell.ts";
import { AssetStore } from "../features/assets/asset-store.ts";
import { FontStore } from "../features/fonts/font-store.ts";
import { FontsReplica } from "../features/fonts/replica.ts";
import { encodeWantedFonts } from "../features/fonts/wire.ts";
import { TextStore } from "../features/style-texts/text-store.ts";
import { stateAttributes } from "../features/styles/selectors.ts";
import type { SubframeOptions, SubframePage } from "../subframes/replica.ts";
import { encodeInnerFeedback } from "../subframes/wire.ts";
import { ReplicaPage } from "./page.ts";

/** A page of another origin in an iframe of a page: its stream, and what is built of it. */
export class SubframeReplica implements SubframePage {
  readonly #options: SubframeOptions;
  readonly #stream: MirrorStream;
  /** Its own, as the stores are: what other pages use is not for this one to hear. */
  readonly #fonts: FontsReplica;
  readonly #assets = new AssetStore();
  readonly #texts = new TextStore();
  readonly #loads: Loads;
  #page: ReplicaPage | undefined;
  #following = true;

  constructor(options: SubframeOptions, loads: Loads) {
    this.#options = options;
    this.#loads = loads;
    this.#fonts = new FontsReplica(
      (wanted) => this.#stream.sendFeedback(encodeWantedFonts(wanted)),
      new FontStore(),
    );
    this.#stream = new MirrorStream({
      beginEpoch: () => this.#beginEpoch(),
      // Its place is empty from now on; the page outside goes on.
      ended: () => this.#empty(),
      applied: () => this.#page?.applied(),
      send: (frame) => this.#send(frame),
      // Not this page's fault, and not to be told as one: the stream asks for a snapshot.
      onError: () => {},
    });
    dom.removeAttribute(options.frame, FRAME_PLACEHOLDER);
  }

  receive(frame: MirrorFrame): void {
    this.#stream.receive(frame);
    if (this.#stream.lost) this.#stream.requestResync();
  }

  setFollowing(on: boolean): void {
    this.#following = on;
    this.#page?.setFollowing(on);
  }

  destroy(): void {
    this.#stream.destroy();
    this.#fonts.destroy();
    this.#empty();
  }

  #empty(): void {
    this.#endPage();
    const whole = dom.documentElement(this.#options.document);
    if (whole) dom.remove(whole);
    dom.setAttribute(this.#options.frame, FRAME_PLACEHOLDER, "frame");
  }

  #endPage(): void {
    const { outer, number, frame } = this.#options;
    outer.embed(number, frame, undefined);
    this.#page?.destroy();
    this.#page = undefined;
  }

  #beginEpoch(): ReplicaPage {
    const { document, outer, number, frame, depth } = this.#options;
    this.#endPage();
    this.#fonts.beginEpoch();
    const page: ReplicaPage = new ReplicaPage({
      document,
      bounds: outer.bounds,
      loads: this.#loads,
      depth,
      assets: this.#assets,
      texts: this.#texts,
      fonts: this.#fonts,
      following: this.#following,
      openSubframe: (options) => new SubframeReplica(options, this.#loads),
      events: {
        // What a page in an iframe has no say in.
        page: () => {},
        viewport: () => {},
        sight: () => {},
        fidelity: () => {},
        cursor: (x, y) => this.#cursor(x, y),
        ready: () => page.watchDrift(() => this.#stream.applied),
        feedback: (payload) => this.#stream.sendFeedback(payload),
        lost: () => this.#stream.requestResync(),
      },
    });
    this.#page = page;
    outer.embed(number, frame, page.nodes);
    return page;
  }

  /** Only while the page outside says that the mouse is over the iframe, and never out of its box. */
  #cursor(x: number, y: number): void {
    const { frame, cursor } = this.#options;
    if (!dom.hasAttribute(frame, stateAttributes.hover)) return;
    const { left, top, width, height } = dom.getBoundingClientRect(frame);
    cursor(
      left + Math.min(Math.max(dom.clientLeft(frame) + x, 0), width),
      top + Math.min(Math.max(dom.clientTop(frame) + y, 0), height),
    );
  }

  #send(frame: FeedbackFrame): void {
    const { number, feedback } = this.#options;
    feedback(encodeInnerFeedback(number, frame));
  }
}
