/** Epochs begin at least this far apart, in milliseconds, however often viewers ask. */
const EPOCH_MS = 300;

/** Says when an epoch may begin. */
export class Epochs {
  readonly #begin: () => void;
  readonly #now: () => number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastAt = Number.NEGATIVE_INFINITY;

  constructor(begin: () => void, now: () => number) {
    this.#begin = begin;
    this.#now = now;
  }

  /** Begins one now, whatever was asked how lately. */
  beginNow(): void {
    this.stop();
    this.#lastAt = this.#now();
    this.#begin();
  }

  /** Begins one as soon as it may be; many requests until then are one. */
  request(): void {
    if (this.#timer !== undefined) return;
    const wait = this.#lastAt + EPOCH_MS - this.#now();
    if (wait <= 0) this.beginNow();
    else this.#timer = setTimeout(() => this.beginNow(), wait);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
