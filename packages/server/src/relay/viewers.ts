import { ALL_VIEWERS, FrameFlag } from "@copane/protocol";
import type { Peer } from "./peer.ts";
import type { RelayedFrame } from "./relayed-frame.ts";

/** How often we look whether a viewer that was cut off has caught up. */
const DRAIN_MS = 200;

interface Viewer {
  peer: Peer;
  /** `needsKeyframe`: takes nothing that waits for one. `draining`: was cut off because its queue was full. */
  state: "follows" | "needsKeyframe" | "draining";
}

/**
 * The viewers of one session that are connected here, and how far each follows. A queue is bounded: who does
 * not keep up with the mirror is cut off, and gets a new epoch once its queue has drained.
 */
export class Viewers {
  readonly #maxQueueBytes: number;
  readonly #caughtUp: (number: number) => void;
  readonly #viewers = new Map<number, Viewer>();
  #drainTimer: ReturnType<typeof setInterval> | undefined;

  /** @param caughtUp is told of a viewer that needs a new epoch */
  constructor(maxQueueBytes: number, caughtUp: (number: number) => void) {
    this.#maxQueueBytes = maxQueueBytes;
    this.#caughtUp = caughtUp;
  }

  get empty(): boolean {
    return this.#viewers.size === 0;
  }

  peer(number: number): Peer | undefined {
    return this.#viewers.get(number)?.peer;
  }

  add(number: number, peer: Peer): void {
    this.#viewers.set(number, { peer, state: "needsKeyframe" });
  }

  /** False when the viewer has another connection by now. */
  remove(number: number, peer: Peer): boolean {
    if (this.#viewers.get(number)?.peer !== peer) return false;
    this.#viewers.delete(number);
    if (this.empty) this.#stopDraining();
    return true;
  }

  /** Another page begins to be mirrored. */
  needKeyframe(): void {
    for (const viewer of this.#viewers.values())
      if (viewer.state === "follows") viewer.state = "needsKeyframe";
  }

  /** Of a stream a viewer gets all from a keyframe on, or nothing. */
  stream(frame: RelayedFrame): void {
    const keyframe = (frame.header.flags & FrameFlag.keyframe) !== 0;
    for (const [number, viewer] of this.#viewers) {
      if (!isFor(frame, number) || viewer.state === "draining") continue;
      if (viewer.state === "needsKeyframe" && !keyframe) continue;
      if (viewer.peer.buffered > this.#maxQueueBytes) {
        viewer.state = "draining";
        this.#startDraining();
        continue;
      }
      viewer.state = "follows";
      viewer.peer.sendFrame(frame.bytes);
    }
  }

  /**
   * What is no part of a stream waits for no keyframe. Whoever does not keep up misses it, and its sender
   * gets none.
   */
  tell(frame: RelayedFrame, sender?: number): void {
    for (const [number, { peer }] of this.#viewers) {
      if (number === sender || !isFor(frame, number)) continue;
      if (peer.buffered <= this.#maxQueueBytes) peer.sendFrame(frame.bytes);
    }
  }

  close(): void {
    this.#stopDraining();
  }

  #startDraining(): void {
    this.#drainTimer ??= setInterval(() => this.#drain(), DRAIN_MS).unref();
  }

  #drain(): void {
    let draining = false;
    for (const [number, viewer] of this.#viewers) {
      if (viewer.state !== "draining") continue;
      if (viewer.peer.buffered > this.#maxQueueBytes / 8) {
        draining = true;
        continue;
      }
      viewer.state = "needsKeyframe";
      this.#caughtUp(number);
    }
    if (!draining) this.#stopDraining();
  }

  #stopDraining(): void {
    clearInterval(this.#drainTimer);
    this.#drainTimer = undefined;
  }
}

function isFor({ header }: RelayedFrame, number: number): boolean {
  return header.peer === ALL_VIEWERS || header.peer === number;
}
