import { FrameFlag, type FramePosition, type MirrorFrame, NO_PICTURE, type Picture } from "@copane/protocol";
import * as FrameType from "@copane/protocol/frame-type";
import { type Bounds, BoundsError } from "../bounds.ts";
import { MirrorReader, type OperationHandlers } from "../codec/reader.ts";
import { inflate } from "../deflate.ts";
import type { FeedbackFrame } from "./feedback.ts";

/** What one frame may grow to; capture cuts frames far below this. */
const MOST_INFLATED_BYTES = 32 * 1024 * 1024;

/** Acknowledgements are at least this far apart: each of them wakes the customer's page. */
const ACK_MS = 1_000;

/** With so many bytes to acknowledge it does not wait: the customer's side may be held back by them. */
const ACK_BYTES = 32 * 1024;

/** Requests for a fresh snapshot are at least this far apart. */
const RESYNC_MS = 2_000;

/** Frames that wait to be inflated, in bytes: a stream that is sent faster than it can be read is not gone on with. */
const MOST_QUEUED_BYTES = 64 * 1024 * 1024;

/** Pages whose newest epoch is remembered. */
const MOST_PAGES = 10_000;

/** Who builds the page of an epoch. */
export interface EpochPage {
  /** Of all operations. */
  readonly handlers: OperationHandlers;
  readonly bounds: Bounds;
  /** A frame of the stream is going to be applied. */
  beginFrame(): void;
}

export interface StreamOptions {
  /** A new epoch begins: gives who builds its page. */
  beginEpoch(picture: Picture): EpochPage;
  /** The stream asked for more than a page can have. Nothing more of it is applied until `resume()`. */
  ended(error: BoundsError): void;
  /** A frame was applied. */
  applied(): void;
  send(frame: FeedbackFrame): void;
  onError(error: unknown): void;
}

/** The epoch that the stream is in. */
interface Epoch extends Picture {
  nextSeq: number;
  readonly reader: MirrorReader;
  readonly built: EpochPage;
}

const empty = new Uint8Array();

/** Takes mirror frames in order: inflates, checks the sequence, applies, acknowledges. */
export class MirrorStream {
  readonly #options: StreamOptions;
  /** Undefined while the stream has no place: nothing was applied of it yet, or something is missing. */
  #current: Epoch | undefined;
  /** The last frame that was applied. */
  #position: FramePosition = { ...NO_PICTURE, seq: 0 };
  /** The newest epoch that began, of each page. An older one does not begin again; its frames came late. */
  readonly #newest = new Map<number, number>();
  #queue: Promise<void> = Promise.resolve();
  #queued = 0;
  #unacknowledged = 0;
  #ackTimer: ReturnType<typeof setTimeout> | undefined;
  #resyncTimer: ReturnType<typeof setTimeout> | undefined;
  #resyncAt = Number.NEGATIVE_INFINITY;
  /** `ended` by what it asked for, or `destroyed`: nothing of it is applied any more. */
  #state: "open" | "ended" | "destroyed" = "open";

  constructor(options: StreamOptions) {
    this.#options = options;
  }

  receive(frame: MirrorFrame): void {
    if (this.#state !== "open") return;
    const compressed = (frame.flags & FrameFlag.compressed) !== 0;
    if (!compressed && this.#queued === 0) {
      this.#apply(frame);
      return;
    }
    const { length } = frame.payload;
    this.#queued += length + 1;
    if (this.#queued > MOST_QUEUED_BYTES) {
      this.#failed(new BoundsError("work"));
      return;
    }
    this.#queue = this.#queue
      .then(async () => {
        const { payload } = frame;
        this.#apply(compressed ? { ...frame, payload: await inflate(payload, MOST_INFLATED_BYTES) } : frame);
      })
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        this.#queued -= length + 1;
      });
  }

  /** Sends feedback about what was applied so far. */
  sendFeedback(payload: Uint8Array): void {
    this.#options.send({ type: FrameType.feedback, ...this.#position, payload });
  }

  /** The stream has no place: nothing was applied of it yet, or something is missing. */
  get lost(): boolean {
    return this.#current === undefined;
  }

  /** Asks for a fresh epoch, soon: many reasons within a short time are one request. */
  requestResync(): void {
    if (this.#state !== "open" || this.#resyncTimer !== undefined) return;
    const wait = Math.max(0, this.#resyncAt + RESYNC_MS - performance.now());
    this.#resyncTimer = setTimeout(() => {
      this.#resyncTimer = undefined;
      this.#resyncAt = performance.now();
      this.#options.send({ type: FrameType.resync, ...this.#position, payload: empty });
    }, wait);
  }

  /** The last frame that was applied; undefined while the stream has no place. */
  get applied(): FramePosition | undefined {
    return this.#current && this.#position;
  }

  destroy(): void {
    this.#stop("destroyed");
  }

  /** Takes a stream that has ended once more, from a fresh epoch on. */
  resume(): void {
    if (this.#state === "ended") this.#state = "open";
  }

  #stop(state: "ended" | "destroyed"): void {
    this.#state = state;
    this.#current = undefined;
    clearTimeout(this.#ackTimer);
    clearTimeout(this.#resyncTimer);
    this.#ackTimer = this.#resyncTimer = undefined;
  }

  #apply({ page, epoch, seq, flags, payload }: MirrorFrame): void {
    if (this.#state !== "open") return;
    try {
      if (flags & FrameFlag.keyframe) this.#begin(page, epoch);
      const current = this.#current;
      // Left over from before a resync or of another page, or cut off on the way.
      if (current?.page !== page || current.epoch !== epoch) return;
      if (seq !== current.nextSeq) {
        this.#current = undefined;
        this.requestResync();
        return;
      }
      current.nextSeq++;
      this.#position = { page, epoch, seq };
      current.built.beginFrame();
      current.reader.read(payload);
      this.#options.applied();
      this.#acknowledge(payload.length);
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Pages need not follow one another: an earlier one may come back, with a newer epoch. */
  #begin(page: number, epoch: number): void {
    if (epoch <= (this.#newest.get(page) ?? 0)) return;
    this.#newest.delete(page);
    this.#newest.set(page, epoch);
    for (const oldest of this.#newest.keys()) {
      if (this.#newest.size <= MOST_PAGES) break;
      this.#newest.delete(oldest);
    }
    const built = this.#options.beginEpoch({ page, epoch });
    const reader = new MirrorReader(built.handlers, built.bounds);
    this.#current = { page, epoch, nextSeq: 0, reader, built };
    clearTimeout(this.#resyncTimer);
    this.#resyncTimer = undefined;
  }

  #failed(error: unknown): void {
    if (error instanceof BoundsError && this.#state === "open") {
      this.#stop("ended");
      this.#options.ended(error);
      return;
    }
    this.#current = undefined;
    this.#options.onError(error);
    this.requestResync();
  }

  #acknowledge(bytes: number): void {
    this.#unacknowledged += bytes;
    if (this.#unacknowledged >= ACK_BYTES) this.#sendAck();
    else this.#ackTimer ??= setTimeout(() => this.#sendAck(), ACK_MS);
  }

  #sendAck(): void {
    clearTimeout(this.#ackTimer);
    this.#ackTimer = undefined;
    this.#unacknowledged = 0;
    if (this.#current) this.#options.send({ type: FrameType.ack, ...this.#position, payload: empty });
  }
}
