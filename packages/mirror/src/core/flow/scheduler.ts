import { guarded, type OnError } from "../guard.ts";

/** Flushes are at least this far apart, in milliseconds: one frame at 60 Hz. */
const FRAME_MS = 16;

/**
 * Changes may come at this pace, in bytes a second, and so many at once. A page that makes more (an animation
 * by script) is flushed less often: what changes in between is sent once, and neither side works for pictures
 * that nobody tells apart.
 */
const BYTES_PER_SECOND = 128 * 1024;
const BURST_BYTES = 256 * 1024;
const BUSY_MS = 50;

/** What is over the pace is remembered for half a second at most. */
const MOST_OVER_BYTES = BYTES_PER_SECOND / 2;

/**
 * Runs one callback soon: at once when the last run is a frame ago, else when it will be. Uses a message
 * channel, which background tabs do not throttle as they do animation frames and timers.
 */
export class Scheduler {
  readonly #run: () => void;
  readonly #now: () => number;
  readonly #onError: OnError;
  readonly #channel = new MessageChannel();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #posted = false;
  #stopped = false;
  #lastRun = 0;
  #allowance = BURST_BYTES;
  #allowedAt = 0;
  readonly #intervalMs: number;

  /** @param intervalMs runs by `soon()` are at least this far apart */
  constructor(run: () => void, now: () => number, onError: OnError, intervalMs = FRAME_MS) {
    this.#run = run;
    this.#now = now;
    this.#intervalMs = intervalMs;
    this.#onError = onError;
    this.#channel.port1.onmessage = guarded(onError, () => {
      this.#posted = false;
      this.#lastRun = this.#now();
      this.#run();
    });
  }

  /** Runs within a frame, or the longer interval that was asked for. */
  soon(): void {
    if (this.#stopped || this.#posted || this.#timer !== undefined) return;
    const wait = this.#lastRun + this.#interval() - this.#now();
    if (wait <= 0) this.next();
    else {
      const due = guarded(this.#onError, () => {
        this.#timer = undefined;
        this.next();
      });
      this.#timer = setTimeout(due, wait);
    }
  }

  /** So many bytes of changes were sent. */
  spend(bytes: number): void {
    this.#allow();
    this.#allowance = Math.max(-MOST_OVER_BYTES, this.#allowance - bytes);
  }

  /** Runs as the next task, after whatever the page has waiting. */
  next(): void {
    if (this.#stopped || this.#posted) return;
    this.#posted = true;
    this.#channel.port2.postMessage(null);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#channel.port1.onmessage = null;
    this.#channel.port1.close();
    this.#channel.port2.close();
  }

  #interval(): number {
    this.#allow();
    return this.#allowance > 0 ? this.#intervalMs : Math.max(this.#intervalMs, BUSY_MS);
  }

  #allow(): void {
    const now = this.#now();
    const earned = ((now - this.#allowedAt) / 1_000) * BYTES_PER_SECOND;
    this.#allowance = Math.min(BURST_BYTES, this.#allowance + earned);
    this.#allowedAt = now;
  }
}
