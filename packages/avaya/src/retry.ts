import type { ReconnectPolicy } from "@copane/client/customer";

/** What Avaya's SDK waits between attempts, and how often its agents try. */
const INTERVAL_MS = 10_000;

/**
 * When to try a lost connection again: at once, then slower, as our own policy does. A page that asks for longer
 * waits than the SDK's default gets them; attempts count as the time that they would have taken.
 */
export class Retry implements ReconnectPolicy {
  #intervalMs = INTERVAL_MS;
  #attempts: number;
  #waitedMs = 0;

  constructor(attempts: number) {
    this.#attempts = attempts;
  }

  setInterval(ms: unknown): void {
    this.#intervalMs = Number(ms) > 0 ? Number(ms) : INTERVAL_MS;
  }

  setAttempts(attempts: unknown): void {
    if (Number(attempts) > 0) this.#attempts = Number(attempts);
  }

  delayMs(attempt: number): number | undefined {
    if (attempt === 0) this.#waitedMs = 0;
    if (this.#waitedMs >= this.#attempts * this.#intervalMs) return undefined;
    const quick = Math.min(250 * 1.7 ** attempt, 8_000) * (0.7 + Math.random() * 0.6);
    const delay = this.#intervalMs > INTERVAL_MS ? this.#intervalMs : quick;
    this.#waitedMs += delay;
    return delay;
  }
}
