/** Lets something pass at most once in an interval: the first at once, the newest of the others when it is over. */
export class Pace {
  readonly #intervalMs: number;
  readonly #due: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waits = false;

  /** @param due something that did not pass may do so now */
  constructor(intervalMs: number, due: () => void) {
    this.#intervalMs = intervalMs;
    this.#due = due;
  }

  /** Whether it passes now. If not, `due` is called when it does. */
  passes(): boolean {
    if (this.#intervalMs === 0) return true;
    this.#waits = this.#timer !== undefined;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#waits) this.#due();
    }, this.#intervalMs);
    return !this.#waits;
  }

  /** The next passes at once. */
  reset(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
