/**
 * How often we look for what no event tells: form state set by scripts, adopted sheets, the address. While nothing
 * happens it is less and less often, down to the second figure. In milliseconds.
 */
const POLL_MS = 150;
const QUIET_POLL_MS = 600;

/** Calls `poll` again and again, less often while nothing happens. */
export class Poller {
  readonly #poll: () => void;
  readonly #restless: () => boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ms = POLL_MS;
  #stopped = false;

  /** @param restless something changes without any event: it must not become less often */
  constructor(poll: () => void, restless: () => boolean) {
    this.#poll = poll;
    this.#restless = restless;
  }

  start(): void {
    this.#in(POLL_MS);
  }

  /** Something happens: polls often again. */
  wake(): void {
    if (this.#ms > POLL_MS) this.#in(POLL_MS);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #in(ms: number): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#ms = ms;
    this.#timer = setTimeout(() => {
      this.#ms = this.#restless() ? POLL_MS : Math.min(ms * 2, QUIET_POLL_MS);
      this.#poll();
      // Sooner, if it found something.
      this.#in(this.#ms);
    }, ms);
  }
}
