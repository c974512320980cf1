import * as limits from "@copane/protocol/limits";
import type { MirrorWriter } from "../codec/writer.ts";

/** How long one slice of work may keep the customer's page from its own, in milliseconds. */
const SLICE_MS = 8;

/** Looking at the clock costs more than emitting a node: look once in so many. */
const CLOCK_EVERY = 32;

/** Says when a slice of work must end (time) and when a frame is full (bytes). */
export class Budget {
  readonly #writer: MirrorWriter;
  readonly #now: () => number;
  #deadline = 0;
  #ticks = 0;
  #late = false;
  /** With so many bytes a frame is full. */
  frameBytes = limits.frameTargetBytes;

  constructor(writer: MirrorWriter, now: () => number) {
    this.#writer = writer;
    this.#now = now;
  }

  startSlice(): void {
    this.#late = false;
    this.#deadline = this.#now() + SLICE_MS;
  }

  /** True when this slice's time is over. */
  get late(): boolean {
    this.#late ||= this.#now() >= this.#deadline;
    return this.#late;
  }

  /** True when the frame is full. */
  get full(): boolean {
    return this.#writer.length >= this.frameBytes;
  }

  /** True when work must stop here, for time or because the frame is full. Cheap: asked for every node. */
  get spent(): boolean {
    if (this.full || this.#late) return true;
    return ++this.#ticks % CLOCK_EVERY === 0 && this.late;
  }
}
