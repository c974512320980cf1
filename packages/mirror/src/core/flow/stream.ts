import { FrameFlag, type FramePosition, type MirrorFrame, NO_PICTURE, type Picture } from "@copane/protocol";
import * as FrameType from "@copane/protocol/frame-type";
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

export interface StreamOptions {
  /** A new epoch begins: gives the handlers that build its page. */
  beginEpoch(picture: Picture): OperationHandlers;
  /** A frame was applied. */
  applied(): void;
  send(frame: FeedbackFrame): void;
  onError(error: unknown): void;
}

/** The epoch that the stream is in. */
interface Epoch extends Picture {
  nextSeq: number;
  readonly reader: MirrorReader;
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
  #destroyed = false;

  constructor(options: StreamOptions) {
    this.#options = options;
  }

  receive(frame: MirrorFrame): void {
    const compressed = (frame.flags & FrameFlag.compressed) !== 0;
    if (!compressed && this.#queued === 0) {
      this.#apply(frame);
      return;
    }
    this.#queued++;
    this.#queue = this.#queue
      .then(async () => {
        const { payload } = frame;
        this.#apply(compressed ? { ...frame, payload: await inflate(payload, MOST_INFLATED_BYTES) } : frame);
      })
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        this.#queued--;
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
    if (this.#destroyed || this.#resyncTimer !== undefined) return;
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
    this.#destroyed = true;
    clearTimeout(this.#ackTimer);
    clearTimeout(this.#resyncTimer);
  }

  #apply({ page, epoch, seq, flags, payload }: MirrorFrame): void {
    if (this.#destroyed) return;
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
    this.#newest.set(page, epoch);
    const reader = new MirrorReader(this.#options.beginEpoch({ page, epoch }));
    this.#current = { page, epoch, nextSeq: 0, reader };
    clearTimeout(this.#resyncTimer);
    this.#resyncTimer = undefined;
  }

  #failed(error: unknown): void {
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
