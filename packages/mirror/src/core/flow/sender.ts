import { FrameFlag, type MirrorFrame } from "@copane/protocol";
import * as limits from "@copane/protocol/limits";
import { deflate } from "../compress/alone.ts";
import { Deflater } from "../compress/deflater.ts";

/** Bytes that may be on their way to the slowest viewer before capture holds back and coalesces. */
const WINDOW_BYTES = 512 * 1024;

/** Payloads below this go as they are: an empty block takes as much. */
const DEFLATE_FROM_BYTES = 8;

/**
 * Payloads of so many bytes are deflated by the browser, each alone. Ours knows what went before, which makes many
 * small frames half as large; but code that has not run yet is slow (5 ms for 8 KB, the browser's 1 ms), so that it has
 * no part in the snapshot.
 */
const ALONE_FROM_BYTES = 32 * 1024;
const SNAPSHOT_ALONE_FROM_BYTES = 1024;

/** A viewer that acknowledges nothing for so long no longer holds back the others. */
const STALLED_MS = 10_000;

/** Epochs of this page so far: also of a capture that was stopped, as their numbers must not come again. */
let epochs = 0;

interface InFlight {
  seq: number;
  bytes: number;
}

/** A mirror frame as capture knows it: which page this is, others know. */
export type CapturedFrame = Omit<MirrorFrame, "page">;

export interface SenderOptions {
  /** Takes each frame in order. */
  send(frame: CapturedFrame): void;
  /** Payloads are deflated. */
  compress: boolean;
  /** More may be sent again. */
  onRoom(): void;
  onError(error: unknown): void;
  now(): number;
}

/**
 * Numbers frames, compresses them, keeps them in order and knows how much is under way. Viewers
 * acknowledge what they applied; while the slowest is too far behind, `blocked` is true and capture
 * lets changes coalesce instead of queueing frames.
 */
export class Sender {
  readonly #send: SenderOptions["send"];
  readonly #onRoom: () => void;
  readonly #onError: (error: unknown) => void;
  readonly #now: () => number;
  readonly #compress: boolean;
  #epoch = 0;
  #seq = 0;
  /** What this epoch's frames point back into. */
  #deflater: Deflater | undefined;
  #flight: InFlight[] = [];
  #flightBytes = 0;
  readonly #acked = new Map<number, { seq: number; at: number }>();
  /** Frames still being deflated; later frames wait behind them. */
  #queue: Promise<void> = Promise.resolve();
  #queued = 0;

  constructor(options: SenderOptions) {
    this.#send = options.send;
    this.#onRoom = options.onRoom;
    this.#onError = options.onError;
    this.#now = options.now;
    this.#compress = options.compress;
  }

  get epoch(): number {
    return this.#epoch;
  }

  get seq(): number {
    return this.#seq;
  }

  /** True while capture should not produce more. */
  get blocked(): boolean {
    return this.#flightBytes > WINDOW_BYTES;
  }

  beginEpoch(): void {
    this.#epoch = ++epochs;
    this.#seq = 0;
    this.#deflater = undefined;
    this.#flight = [];
    this.#flightBytes = 0;
    this.#acked.clear();
  }

  /** @param ofSnapshot the first complete picture of the epoch is not yet sent */
  push(payload: Uint8Array<ArrayBuffer>, ofSnapshot = false): void {
    const epoch = this.#epoch;
    const seq = this.#seq++;
    const frame: CapturedFrame = { epoch, seq, flags: seq === 0 ? FrameFlag.keyframe : 0, payload };
    this.#flight.push({ seq, bytes: payload.length });
    this.#flightBytes += payload.length;
    const alone =
      this.#compress && payload.length >= (ofSnapshot ? SNAPSHOT_ALONE_FROM_BYTES : ALONE_FROM_BYTES);
    if (!alone && this.#queued === 0) {
      this.#deliver(this.#chained(frame));
      return;
    }
    this.#queued++;
    this.#queue = this.#queue
      .then(async () => {
        if (epoch !== this.#epoch) return;
        this.#deliver(alone ? await this.#alone(frame) : this.#chained(frame));
      })
      .catch(this.#onError)
      .finally(() => {
        this.#queued--;
      });
  }

  /** A small frame, which points back into what went before. */
  #chained(frame: CapturedFrame): CapturedFrame {
    if (!this.#compress || frame.payload.length < DEFLATE_FROM_BYTES) return frame;
    this.#deflater ??= new Deflater();
    const payload = this.#deflater.deflate(frame.payload);
    return { ...frame, flags: frame.flags | FrameFlag.chained, payload };
  }

  /** A large frame, which later ones can point back into. As it is where the browser cannot make it smaller. */
  async #alone(frame: CapturedFrame): Promise<CapturedFrame> {
    const payload = await deflate(frame.payload as Uint8Array<ArrayBuffer>).catch(() => frame.payload);
    if (payload.length >= frame.payload.length || frame.epoch !== this.#epoch) return frame;
    this.#deflater ??= new Deflater();
    this.#deflater.prime(frame.payload);
    return { ...frame, flags: frame.flags | FrameFlag.compressed, payload };
  }

  /** Every frame of `epoch` up to `seq` is applied at `viewer`. */
  ack(viewer: number, epoch: number, seq: number): void {
    if (epoch !== this.#epoch || seq >= this.#seq) return;
    this.#acked.set(viewer, { seq, at: this.#now() });
    this.#settle();
  }

  viewerLeft(viewer: number): void {
    if (this.#acked.delete(viewer)) this.#settle();
  }

  #settle(): void {
    const newest = this.#now() - STALLED_MS;
    let slowest = Number.POSITIVE_INFINITY;
    let fastest = -1;
    for (const { seq, at } of this.#acked.values()) {
      fastest = Math.max(fastest, seq);
      if (at >= newest) slowest = Math.min(slowest, seq);
    }
    const applied = slowest === Number.POSITIVE_INFINITY ? fastest : slowest;
    const wasBlocked = this.blocked;
    let count = 0;
    for (const frame of this.#flight) {
      if (frame.seq > applied) break;
      this.#flightBytes -= frame.bytes;
      count++;
    }
    this.#flight.splice(0, count);
    if (wasBlocked && !this.blocked) this.#onRoom();
  }

  #deliver(frame: CapturedFrame): void {
    if (frame.epoch !== this.#epoch) return;
    if (frame.payload.length > limits.frameBytes)
      throw new RangeError("mirror frame exceeds the frame limit");
    this.#send(frame);
  }
}
