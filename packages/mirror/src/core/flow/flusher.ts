import * as limits from "@copane/protocol/limits";
import type { MirrorWriter } from "../codec/writer.ts";
import type { NodeTable } from "../tree/node-table.ts";
import type { Budget } from "./budget.ts";
import { Scheduler } from "./scheduler.ts";
import { Sender, type SenderOptions } from "./sender.ts";

/**
 * Frames of a snapshot after its first, which has to come soon. Each is deflated alone, so that few large ones are
 * smaller than many.
 */
const LATER_SNAPSHOT_BYTES = 4 * limits.frameTargetBytes;

export interface FlusherOptions extends Omit<SenderOptions, "onRoom"> {
  nodes: NodeTable;
  writer: MirrorWriter;
  budget: Budget;
  /** Flushes by `soon()` are at least this far apart, in milliseconds; undefined for a frame of the screen. */
  intervalMs: number | undefined;
  /** Called before each flush: takes in what has changed. False when nothing may be sent now. */
  begin(): boolean;
  /** Writes what is pending; false when the budget ended first. */
  write(): boolean;
  /** The first complete picture of the epoch is written: the frame can still say so. */
  complete(): void;
}

/** Cuts what is to be written into frames: as many as the time of one slice and the viewers' pace allow. */
export class Flusher {
  readonly sender: Sender;
  readonly #options: FlusherOptions;
  #scheduler: Scheduler | undefined;
  #ready = false;
  /** The writer holds the beginning of a frame. */
  #begun = false;

  constructor(options: FlusherOptions) {
    this.#options = options;
    this.sender = new Sender({ ...options, onRoom: () => this.soon() });
  }

  /** Whether the viewers have a complete picture of this epoch. */
  get ready(): boolean {
    return this.#ready;
  }

  start(): void {
    const { now, intervalMs, onError } = this.#options;
    this.#scheduler = new Scheduler(() => this.#flush(), now, onError, intervalMs);
  }

  beginEpoch(): void {
    this.#options.writer.beginEpoch();
    this.sender.beginEpoch();
    this.#ready = false;
    this.#begun = false;
    this.#scheduler?.next();
  }

  /** Something is pending. */
  soon(): void {
    this.#scheduler?.soon();
  }

  stop(): void {
    this.#scheduler?.stop();
  }

  #flush(): void {
    const { sender } = this;
    const { budget, begin } = this.#options;
    if (sender.blocked || !begin()) return;
    budget.startSlice();
    let done = false;
    while (!done && !sender.blocked) {
      done = this.#frame();
      if (budget.late) break;
    }
    if (!done && !sender.blocked) this.#scheduler?.next();
  }

  #frame(): boolean {
    const { sender } = this;
    const { writer, nodes, budget, write, complete } = this.#options;
    const snapshot = !this.#ready;
    if (!this.#begun) {
      writer.beginFrame();
      nodes.frame = sender.seq;
      budget.frameBytes = snapshot && sender.seq > 0 ? LATER_SNAPSHOT_BYTES : limits.frameTargetBytes;
    }
    const done = write();
    // The frame goes on in the next slice until it is full.
    this.#begun = snapshot && !done && !budget.full;
    if (this.#begun) return false;
    if (done && snapshot) {
      this.#ready = true;
      complete();
    }
    if (writer.length > 0) {
      if (!snapshot) this.#scheduler?.spend(writer.length);
      sender.push(writer.endFrame(), snapshot);
    }
    return done;
  }
}
