import {
  ALL_VIEWERS,
  CUSTOMER_NUMBER,
  type Frame,
  FrameFlag,
  type FrameRoute,
  type FrameRow,
  type ServerMessage,
  SocketClose,
  setPeer,
} from "@copane/protocol";

/** How often we look whether a viewer that was cut off has caught up. */
const DRAIN_MS = 200;

/** A participant's connection, as the room uses it. */
export interface Peer {
  /** Bytes that wait for it. */
  readonly buffered: number;
  send(message: ServerMessage): void;
  sendFrame(frame: Uint8Array): void;
  close(code: SocketClose, reason: string): void;
}

/** A frame on its way: its bytes, the header read, and what the table says of it. */
export interface RelayedFrame {
  readonly bytes: Uint8Array;
  readonly header: Pick<Frame, "peer" | "flags">;
  readonly row: Pick<FrameRow, "waitsForKeyframe">;
  readonly to: FrameRoute["to"];
}

interface Viewer<P extends Peer> {
  connection: P;
  /** `needsKeyframe`: takes nothing that waits for one. `draining`: was cut off because its queue was full. */
  state: "follows" | "needsKeyframe" | "draining";
}

/** The connections of one session, and the frames between them. Works by headers and the table of frames alone. */
export class Room<P extends Peer = Peer> {
  readonly #maxQueueBytes: number;
  #customer: P | undefined;
  readonly #viewers = new Map<number, Viewer<P>>();
  #drainTimer: ReturnType<typeof setInterval> | undefined;

  constructor(maxQueueBytes: number) {
    this.#maxQueueBytes = maxQueueBytes;
  }

  get empty(): boolean {
    return this.#customer === undefined && this.#viewers.size === 0;
  }

  /** The customer's connection, while there is one. */
  get customer(): P | undefined {
    return this.#customer;
  }

  /** Takes a participant's new connection in; the one it had before is told to go. */
  enter(number: number, connection: P): void {
    if (number === CUSTOMER_NUMBER) {
      this.#customer?.close(SocketClose.replaced, "continued elsewhere");
      this.#customer = connection;
      for (const viewer of this.#viewers.values())
        if (viewer.state === "follows") viewer.state = "needsKeyframe";
      connection.send({ t: "mirror.wanted", wanted: this.#viewers.size > 0 });
      return;
    }
    this.#viewers.get(number)?.connection.close(SocketClose.replaced, "continued elsewhere");
    this.#viewers.delete(number);
    const first = this.#viewers.size === 0;
    this.#viewers.set(number, { connection, state: "needsKeyframe" });
    this.#customer?.send(
      first ? { t: "mirror.wanted", wanted: true } : { t: "mirror.resync", viewer: number },
    );
  }

  leave(number: number, connection: P): void {
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

  /** Sends a participant's frame on. From agents it carries the sender's number from here on. */
  relay(frame: RelayedFrame, sender: number): void {
    switch (frame.to) {
      case "viewers":
        if (frame.row.waitsForKeyframe) this.#stream(frame);
        else this.#tell(frame.bytes, (number) => isFor(frame, number));
        break;
      case "agents":
        setPeer(frame.bytes, sender);
        this.#tell(frame.bytes, (number) => number !== sender && isFor(frame, number));
        break;
      case "customer":
        setPeer(frame.bytes, sender);
        this.#toCustomer(frame.bytes);
        break;
    }
  }

  /** Of a stream a viewer gets all from a keyframe on, or nothing. */
  #stream(frame: RelayedFrame): void {
    const keyframe = (frame.header.flags & FrameFlag.keyframe) !== 0;
    for (const [number, viewer] of this.#viewers) {
      if (!isFor(frame, number) || viewer.state === "draining") continue;
      if (viewer.state === "needsKeyframe" && !keyframe) continue;
      if (viewer.connection.buffered > this.#maxQueueBytes) {
        viewer.state = "draining";
        this.#startDraining();
        continue;
      }
      viewer.state = "follows";
      viewer.connection.sendFrame(frame.bytes);
    }
  }

  #toCustomer(bytes: Uint8Array): void {
    const customer = this.#customer;
    if (!customer) return;
    if (customer.buffered > this.#maxQueueBytes) customer.close(SocketClose.overloaded, "does not keep up");
    else customer.sendFrame(bytes);
  }

  /** What is no part of a stream waits for no keyframe. Whoever does not keep up misses it. */
  #tell(bytes: Uint8Array, to: (number: number) => boolean): void {
    for (const [number, { connection }] of this.#viewers) {
      if (to(number) && connection.buffered <= this.#maxQueueBytes) connection.sendFrame(bytes);
    }
  }

  #startDraining(): void {
    if (this.#drainTimer) return;
    this.#drainTimer = setInterval(() => {
      let draining = false;
      for (const [number, viewer] of this.#viewers) {
        if (viewer.state !== "draining") continue;
        if (viewer.connection.buffered > this.#maxQueueBytes / 8) {
          draining = true;
          continue;
        }
        viewer.state = "needsKeyframe";
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

function isFor({ header }: RelayedFrame, number: number): boolean {
  return header.peer === ALL_VIEWERS || header.peer === number;
}
