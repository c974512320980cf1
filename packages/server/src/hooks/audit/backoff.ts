const FIRST_MS = 200;
const MOST_MS = 10_000;

/** A pause that is twice as long after each failure. */
export class Backoff {
  #wait = FIRST_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ended = false;

  get waits(): boolean {
    return this.#timer !== undefined;
  }

  begin(then: () => void): void {
    if (this.#timer || this.#ended) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      then();
    }, this.#wait);
    this.#wait = Math.min(this.#wait * 2, MOST_MS);
  }

  reset(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#wait = FIRST_MS;
  }

  end(): void {
    this.reset();
    this.#ended = true;
  }
}
