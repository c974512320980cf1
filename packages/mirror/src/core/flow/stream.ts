import { FrameFlag } from "@copane/protocol";
import { MirrorReader, type MirrorVisitor } from "../codec/reader.ts";
import { inflate } from "../deflate.ts";
import { encodeFeedback } from "./feedback.ts";

/** What one frame may grow to; capture cuts frames far below this. */
const MOST_INFLATED_BYTES = 32 * 1024 * 1024;

/** Acknowledgements are at least this far apart: each of them wakes the customer's page. */
const ACK_MS = 1_000;

/** With so many bytes to acknowledge it does not wait: the customer's side may be held back by them. */
const ACK_BYTES = 32 * 1024;

/** Requests for a fresh snapshot are at least this far apart. */
const RESYNC_MS = 2_000;

export interface StreamOptions {
  /** A new epoch begins: gives the visitor that builds its page. */
  beginEpoch(): MirrorVisitor;
  /** A frame was applied. */
  applied(): void;
  sendFeedback(payload: Uint8Array): void;
  onError(error: unknown): void;
}

/** Takes mirror frames in order: inflates, checks the sequence, applies, acknowledges. */
export class MirrorStream {
  readonly #options: StreamOptions;
  #reader: MirrorReader | undefined;
  #visitor: MirrorVisitor | undefined;
  #epoch = -1;
  #nextSeq = 0;
  #queue: Promise<void> = Promise.resolve();
  #queued = 0;
  #unacknowledged = 0;
  #ackTimer: ReturnType<typeof setTimeout> | undefined;
  #resyncTimer: ReturnType<typeof setTimeout> | undefined;
  #resyncAt = Number.NEGATIVE_INFINITY;
  #destroyed = false;

  constructor(options: StreamOptions) {
    this.#options = options;
  }

  receive(flags: number, payload: Uint8Array): void {
    const compressed = (flags & FrameFlag.compressed) !== 0;
    if (!compressed && this.#queued === 0) {
      this.#apply(flags, payload);
      return;
    }
    this.#queued++;
    this.#queue = this.#queue
      .then(async () => {
        this.#apply(flags, compressed ? await inflate(payload, MOST_INFLATED_BYTES) : payload);
      })
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        this.#queued--;
      });
  }

  /** The stream has no place: nothing was applied of it yet, or something is missing. */
  get lost(): boolean {
    return this.#epoch < 0;
  }

  /** Asks for a fresh epoch, soon: many reasons within a short time are one request. */
  requestResync(): void {
    if (this.#destroyed || this.#resyncTimer !== undefined) return;
    const wait = Math.max(0, this.#resyncAt + RESYNC_MS - performance.now());
    this.#resyncTimer = setTimeout(() => {
      this.#resyncTimer = undefined;
      this.#resyncAt = performance.now();
      this.#options.sendFeedback(encodeFeedback({ kind: "resync" }));
    }, wait);
  }

  /** The last frame that was applied; undefined while the stream has no place. */
  get applied(): { epoch: number; seq: number } | undefined {
    return this.#epoch < 0 || this.#nextSeq === 0
      ? undefined
      : { epoch: this.#epoch, seq: this.#nextSeq - 1 };
  }

  destroy(): void {
    this.#destroyed = true;
    clearTimeout(this.#ackTimer);
    clearTimeout(this.#resyncTimer);
  }

  #apply(flags: number, payload: Uint8Array): void {
    if (this.#destroyed) return;
    try {
      const { epoch, seq } = MirrorReader.header(payload);
      if (flags & FrameFlag.keyframe) this.#begin(epoch);
      // Left over from before a resync, or cut off on the way.
      if (epoch !== this.#epoch || this.#reader === undefined || this.#visitor === undefined) return;
      if (seq !== this.#nextSeq) {
        this.#epoch = -1;
        this.requestResync();
        return;
      }
      this.#nextSeq++;
      this.#reader.read(payload, this.#visitor);
      this.#options.applied();
      this.#acknowledge(payload.length);
    } catch (error) {
      this.#failed(error);
    }
  }

  #begin(epoch: number): void {
    this.#epoch = epoch;
    this.#nextSeq = 0;
    this.#reader = new MirrorReader();
    this.#visitor = this.#options.beginEpoch();
    clearTimeout(this.#resyncTimer);
    this.#resyncTimer = undefined;
  }

  #failed(error: unknown): void {
    this.#epoch = -1;
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
    if (this.#epoch < 0) return;
    const seq = this.#nextSeq - 1;
    this.#options.sendFeedback(encodeFeedback({ kind: "ack", epoch: this.#epoch, seq }));
  }
}
