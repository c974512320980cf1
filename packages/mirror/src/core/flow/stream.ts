import { FrameFlag, type FramePosition, type MirrorFrame, NO_PICTURE, type Picture } from "@copane/protocol";
import * as FrameType from "@copane/protocol/frame-type";
import { type Bounds, BoundsError } from "../bounds.ts";
import { MirrorReader, type OperationHandlers } from "../codec/reader.ts";
import { inflate } from "../compress/alone.ts";
import { Unpacker } from "../compress/unpacker.ts";
import { nextTurn } from "../turn.ts";
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

/** So long frames may keep their reader's page from all else, in milliseconds. */
const TURN_MS = 40;

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
  readonly unpacker: Unpacker;
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
  /** Frames that are inflated, or read in several turns; later ones wait behind them. */
  #queue: Promise<void> = Promise.resolve();
  #queued = 0;
  /** A frame is just being applied; what comes meanwhile is behind all of it. */
  #applying = false;
  readonly #meanwhile: MirrorFrame[] = [];
  #turnEnds = 0;
  /** A part of a frame was applied, and the rest waits for its turn. */
  #partly = false;
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
    if (this.#state !== "open") {
      // When it is asked for anew, then of the page that is there now: others do not answer.
      if (this.#state === "ended") this.#position = { page: frame.page, epoch: frame.epoch, seq: frame.seq };
      return;
    }
    if (this.#applying) {
      this.#meanwhile.push(frame);
      return;
    }
    const { flags, payload } = frame;
    const compressed = (flags & FrameFlag.compressed) !== 0;
    if (!compressed && this.#queued === 0) {
      this.#beginTurn();
      const steps = this.#apply(frame);
      this.#applying = true;
      const { done } = steps.next();
      this.#applying = false;
      if (!done) this.#enqueue(payload.length, () => this.#goOn(steps));
      for (const waiting of this.#meanwhile.splice(0)) this.receive(waiting);
      return;
    }
    this.#enqueue(payload.length, async () => {
      const raw = compressed ? { ...frame, payload: await inflate(payload, MOST_INFLATED_BYTES) } : frame;
      if (this.#overdue()) await this.#nextTurn();
      const steps = this.#apply(raw);
      if (!steps.next().done) await this.#goOn(steps);
    });
  }

  #enqueue(length: number, work: () => Promise<void>): void {
    this.#queued += length + 1;
    if (this.#queued > MOST_QUEUED_BYTES) {
      this.#failed(new BoundsError("work"));
      return;
    }
    this.#queue = this.#queue
      .then(work)
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        this.#queued -= length + 1;
      });
  }

  /** Applies what is left of a frame, turn by turn. */
  async #goOn(steps: Generator<void, void>): Promise<void> {
    do await this.#nextTurn();
    while (!steps.next().done);
  }

  async #nextTurn(): Promise<void> {
    await nextTurn();
    this.#beginTurn();
  }

  #beginTurn(): void {
    this.#turnEnds = performance.now() + TURN_MS;
  }

  readonly #overdue = (): boolean => performance.now() > this.#turnEnds;

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

  /** The last frame that was applied; undefined while the stream has no place, or has applied one in part. */
  get applied(): FramePosition | undefined {
    return this.#current && !this.#partly ? this.#position : undefined;
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

  /**
   * Applies a frame, inflated where that is `compressed`. Waits to be asked for more whenever it is somebody else's
   * turn.
   */
  *#apply({ page, epoch, seq, flags, payload: packed }: MirrorFrame): Generator<void, void> {
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
      const payload = current.unpacker.unpack(flags, packed);
      current.built.beginFrame();
      for (const _ of current.reader.steps(payload, this.#overdue)) {
        this.#partly = true;
        yield;
        this.#partly = false;
        // Another picture began meanwhile, or nothing is to be shown any more.
        if (this.#current !== current) return;
      }
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
    this.#current = { page, epoch, nextSeq: 0, reader, unpacker: new Unpacker(), built };
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
