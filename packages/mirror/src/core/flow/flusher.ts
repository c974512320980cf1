import type { MirrorWriter } from "../codec/writer.ts";
import type { NodeTable } from "../tree/node-table.ts";
import type { Budget } from "./budget.ts";
import { Scheduler } from "./scheduler.ts";
import { Sender, type SenderOptions } from "./sender.ts";

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
    const { writer, nodes, write, complete } = this.#options;
    writer.beginFrame();
    nodes.frame = sender.seq;
    const snapshot = !this.#ready;
    const done = write();
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
