/** Counts the seconds down to a moment. */
export class Countdown {
  readonly #tick: (seconds: number) => void;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param tick hears the seconds that are left, at once and with each second */
  constructor(tick: (seconds: number) => void) {
    this.#tick = tick;
  }

  start(ms: number): void {
    this.stop();
    const until = Date.now() + ms;
    const tick = () => this.#tick(Math.max(0, Math.ceil((until - Date.now()) / 1_000)));
    this.#timer = setInterval(tick, 1_000);
    tick();
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
