import { FrameFlag, FrameType, SocketClose } from "@copane/protocol";
import type { Connection } from "./connection.ts";

/** How often a viewer that was cut off is looked at. */
const DRAIN_MS = 200;

interface Viewer {
  connection: Connection;
  /** Takes no mirror frame before the next keyframe. */
  waitsForKeyframe: boolean;
  /** Was cut off because its queue was full; a fresh epoch is asked for once it has drained. */
  drains: boolean;
}

/** The connections of one session, and the frames between them. Reads three bytes of a frame, never more. */
export class Room {
  readonly #maxQueueBytes: number;
  #customer: Connection | undefined;
  readonly #viewers = new Map<number, Viewer>();
  #drainTimer: ReturnType<typeof setInterval> | undefined;

  constructor(maxQueueBytes: number) {
    this.#maxQueueBytes = maxQueueBytes;
  }

  get empty(): boolean {
    return this.#customer === undefined && this.#viewers.size === 0;
  }

  /** The customer's connection, while there is one. */
  get customer(): Connection | undefined {
    return this.#customer;
  }

  /** Takes a participant's new connection in; the one it had before is told to go. */
  enter(number: number, connection: Connection): void {
    if (number === 0) {
      this.#customer?.close(SocketClose.replaced, "continued elsewhere");
      this.#customer = connection;
      for (const viewer of this.#viewers.values()) viewer.waitsForKeyframe = true;
      connection.send({ t: "mirror.wanted", wanted: this.#viewers.size > 0 });
      return;
    }
    this.#viewers.get(number)?.connection.close(SocketClose.replaced, "continued elsewhere");
    this.#viewers.delete(number);
    const first = this.#viewers.size === 0;
    this.#viewers.set(number, { connection, waitsForKeyframe: true, drains: false });
    this.#customer?.send(
      first ? { t: "mirror.wanted", wanted: true } : { t: "mirror.resync", viewer: number },
    );
  }

  leave(number: number, connection: Connection): void {
    if (this.#customer === connection) this.#customer = undefined;
    else if (this.#viewers.get(number)?.connection === connection) {
      this.#viewers.delete(number);
      // Told of here and not by the session's events, which say nothing of silent viewers.
      this.#customer?.send(
        this.#viewers.size === 0
          ? { t: "mirror.wanted", wanted: false }
          : { t: "mirror.left", viewer: number },
      );
    }
    if (this.empty) this.#stopDraining();
  }

  /** From the customer to one viewer (`peer`) or all (0). */
  toViewers(frame: Uint8Array): void {
    const target = frame[1] as number;
    if (frame[0] !== FrameType.mirror) {
      this.#tell(frame, (number) => target === 0 || target === number);
      return;
    }
    const keyframe = ((frame[2] as number) & FrameFlag.keyframe) !== 0;
    for (const [number, viewer] of this.#viewers) {
      if (target !== 0 && target !== number) continue;
      if (viewer.drains) continue;
      if (viewer.waitsForKeyframe && !keyframe) continue;
      if (viewer.connection.buffered > this.#maxQueueBytes) {
        viewer.drains = true;
        this.#startDraining();
        continue;
      }
      viewer.waitsForKeyframe = false;
      viewer.connection.sendFrame(frame);
    }
  }

  /** From one agent to the others, or the one named; with the sender's number in the header. Never to the customer. */
  toAgents(frame: Uint8Array, sender: number): void {
    const target = frame[1] as number;
    frame[1] = sender;
    this.#tell(frame, (number) => number !== sender && (target === 0 || target === number));
  }

  /** From a viewer to the customer, with the sender's number written into the header. */
  toCustomer(frame: Uint8Array, sender: number): void {
    const customer = this.#customer;
    if (!customer) return;
    if (customer.buffered > this.#maxQueueBytes) {
      customer.close(SocketClose.overloaded, "does not keep up");
      return;
    }
    // An acknowledgement from before a reconnect is harmless; input is not repeated.
    frame[1] = sender;
    customer.sendFrame(frame);
  }

  /** What is not part of the picture waits for no keyframe. Whoever does not keep up misses it. */
  #tell(frame: Uint8Array, to: (number: number) => boolean): void {
    for (const [number, { connection }] of this.#viewers) {
      if (to(number) && connection.buffered <= this.#maxQueueBytes) connection.sendFrame(frame);
    }
  }

  #startDraining(): void {
    if (this.#drainTimer) return;
    this.#drainTimer = setInterval(() => {
      let draining = false;
      for (const [number, viewer] of this.#viewers) {
        if (!viewer.drains) continue;
        if (viewer.connection.buffered > this.#maxQueueBytes / 8) {
          draining = true;
          continue;
        }
        viewer.drains = false;
        viewer.waitsForKeyframe = true;
        this.#customer?.send({ t: "mirror.resync", viewer: number });
      }
      if (!draining) this.#stopDraining();
    }, DRAIN_MS);
    this.#drainTimer.unref();
  }

  #stopDraining(): void {
    clearInterval(this.#drainTimer);
    this.#drainTimer = undefined;
  }
}

/** Frame types that each side may send at all; the rules say when. */
export const customerFrames: ReadonlySet<number> = new Set([
  FrameType.mirror,
  FrameType.marks,
  FrameType.notice,
  FrameType.chat,
]);
export const viewerFrames: ReadonlySet<number> = new Set([
  FrameType.feedback,
  FrameType.input,
  FrameType.pointer,
  FrameType.marks,
  FrameType.scroll,
  FrameType.propose,
  FrameType.chat,
  FrameType.whisper,
]);

/** What people say: small, and no faster than people. */
export const talkFrames: ReadonlySet<number> = new Set([
  FrameType.propose,
  FrameType.chat,
  FrameType.whisper,
]);
