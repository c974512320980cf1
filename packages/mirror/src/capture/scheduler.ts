/** Flushes are at least this far apart, in milliseconds: one frame at 60 Hz. */
const FRAME_MS = 16;

/**
 * Runs one callback soon: at once when the last run is a frame ago, else when it will be. Uses a message
 * channel, which background tabs do not throttle as they do animation frames and timers.
 */
export class Scheduler {
  readonly #run: () => void;
  readonly #now: () => number;
  readonly #channel = new MessageChannel();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #posted = false;
  #stopped = false;
  #lastRun = 0;

  readonly #intervalMs: number;

  /** @param intervalMs runs by `soon()` are at least this far apart */
  constructor(run: () => void, now: () => number, intervalMs = FRAME_MS) {
    this.#run = run;
    this.#now = now;
    this.#intervalMs = intervalMs;
    this.#channel.port1.onmessage = () => {
      this.#posted = false;
      this.#lastRun = this.#now();
      this.#run();
    };
  }

  /** Runs within a frame, or the longer interval that was asked for. */
  soon(): void {
    if (this.#stopped || this.#posted || this.#timer !== undefined) return;
    const wait = this.#lastRun + this.#intervalMs - this.#now();
    if (wait <= 0) this.next();
    else {
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.next();
      }, wait);
    }
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
}
