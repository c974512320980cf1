import { ByteReader, MalformedFrameError } from "@copane/protocol";
import * as FrameType from "@copane/protocol/frame-type";
import * as dom from "../core/dom.ts";
import type { FeedbackFrame } from "../core/flow/feedback.ts";
import * as Feedback from "../core/flow/feedback.ts";
import type { Flusher } from "../core/flow/flusher.ts";
import { ELEMENT } from "../core/node-types.ts";
import { Asset, decodeWantedAssets } from "../features/assets/wire.ts";
import { type Check, decodeCheck } from "../features/drift/wire.ts";
import type { CaptureFeatures } from "./features.ts";
import type { Subframes } from "./subframes.ts";
import type { TreeCapture } from "./tree.ts";

interface FeedbackParts {
  tree: TreeCapture;
  features: CaptureFeatures;
  flusher: Flusher;
  subframes(): Subframes | undefined;
  /** Takes in what changed; false while nothing may be sent. */
  takeRecords(): boolean;
  /** Begins a new picture. */
  resync(): void;
}

/** Answers what viewers tell of the stream: how far they are, what they lack, and what they have. */
export class ViewerFeedback {
  readonly #parts: FeedbackParts;

  constructor(parts: FeedbackParts) {
    this.#parts = parts;
  }

  /** Throws MalformedFrameError on what no viewer of ours would say. */
  receive(viewer: number, { type, epoch, seq, payload }: FeedbackFrame): void {
    if (type === FrameType.ack) this.#parts.flusher.sender.ack(viewer, epoch, seq);
    else if (type === FrameType.resync) this.#parts.resync();
    else this.#read(viewer, payload);
  }

  #read(viewer: number, payload: Uint8Array): void {
    const input = new ByteReader(payload);
    switch (input.u8()) {
      case Feedback.fonts:
        this.#parts.features.onRequest.ask((features) => features.fonts(input));
        break;
      case Feedback.assets:
        for (const { id, asset } of decodeWantedAssets(input)) this.#asked(id, asset);
        break;
      case Feedback.check:
        this.#check(decodeCheck(input));
        break;
      case Feedback.subframe:
        this.#parts.subframes()?.feedback(viewer, input.u8(), payload.slice(2));
        break;
      default:
        throw new MalformedFrameError("unknown feedback");
    }
  }

  #check({ epoch, seq, parts }: Check): void {
    const { tree, features, flusher, takeRecords, resync } = this.#parts;
    if (!flusher.ready || epoch !== flusher.sender.epoch || !takeRecords()) return;
    const again = tree.check(seq, parts);
    if (again === "part") features.styles.repeat();
    if (again === "all") resync();
  }

  #asked(id: number, asset: Asset): void {
    const { tree, features } = this.#parts;
    if (asset === Asset.text) {
      tree.texts.ask(id);
      return;
    }
    const record = tree.nodes.byId(id);
    if (record === undefined || record.masked || record.opaque || dom.nodeType(record.node) !== ELEMENT)
      return;
    if (asset === Asset.sheet) features.styles.requestText(record);
    else features.onRequest.ask((requested) => requested.asset(record, asset));
  }
}
