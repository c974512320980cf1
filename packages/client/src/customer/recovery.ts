/** A capture that fails is begun anew so often within this time, in milliseconds. After that it is given up. */
const MOST_TIMES = 2;
const WITHIN_MS = 60_000;

/** The first time at once, the next time so much later. */
const LATER_MS = 300;

/** Decides whether a capture that failed is begun anew. */
export class Recovery {
  readonly #again: () => void;
  readonly #giveUp: (cause: unknown) => void;
  #faults: number[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param again begins a new capture, and with it a new picture
   * @param giveUp hears the last fault when the capture failed too often
   */
  constructor(again: () => void, giveUp: (cause: unknown) => void) {
    this.#again = again;
    this.#giveUp = giveUp;
  }

  /** The capture failed and was stopped. */
  fault(cause: unknown): void {
    const now = Date.now();
    const before = this.#faults.filter((at) => now - at < WITHIN_MS);
    this.#faults = [...before, now];
    if (before.length >= MOST_TIMES) this.#giveUp(cause);
    else this.#timer = setTimeout(this.#again, before.length * LATER_MS);
  }

  /** Nothing is begun any more, and earlier faults do not count. */
  reset(): void {
    clearTimeout(this.#timer);
    this.#faults = [];
  }
}
