import type { MirrorFrame } from "@copane/protocol";
import type { FeedbackFrame } from "../core/flow/feedback.ts";
import { MirrorStream } from "../core/flow/stream.ts";
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
  #page: ReplicaPage | undefined;
  #following = true;

  constructor(options: SubframeOptions) {
    this.#options = options;
    this.#fonts = new FontsReplica(
      (wanted) => this.#stream.sendFeedback(encodeWantedFonts(wanted)),
      new FontStore(),
    );
    this.#stream = new MirrorStream({
      beginEpoch: () => this.#beginEpoch().handlers,
      applied: () => this.#page?.applied(),
      send: (frame) => this.#send(frame),
      // Not this page's fault, and not to be told as one: the stream asks for a snapshot.
      onError: () => {},
    });
    options.frame.removeAttribute(FRAME_PLACEHOLDER);
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
    this.#endPage();
    this.#stream.destroy();
    this.#fonts.destroy();
    this.#options.document.documentElement?.remove();
    this.#options.frame.setAttribute(FRAME_PLACEHOLDER, "frame");
  }

  #endPage(): void {
    const { outer, number, frame } = this.#options;
    outer.embed(number, frame, undefined);
    this.#page?.destroy();
  }

  #beginEpoch(): ReplicaPage {
    const { document, outer, number, frame, depth } = this.#options;
    this.#endPage();
    this.#fonts.beginEpoch();
    const page: ReplicaPage = new ReplicaPage({
      document,
      depth,
      assets: this.#assets,
      texts: this.#texts,
      fonts: this.#fonts,
      following: this.#following,
      openSubframe: (options) => new SubframeReplica(options),
      events: {
        // What a page in an iframe has no say in.
        page: () => {},
        viewport: () => {},
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
    if (!frame.hasAttribute(stateAttributes.hover)) return;
    const { left, top, width, height } = frame.getBoundingClientRect();
    cursor(
      left + Math.min(Math.max(frame.clientLeft + x, 0), width),
      top + Math.min(Math.max(frame.clientTop + y, 0), height),
    );
  }

  #send(frame: FeedbackFrame): void {
    const { number, feedback } = this.#options;
    feedback(encodeInnerFeedback(number, frame));
  }
}
