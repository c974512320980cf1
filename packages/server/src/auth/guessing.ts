import { CataloguedError } from "@copane/protocol";
import { RateLimiterMemory } from "rate-limiter-flexible";

/** Wrong keys an address may try before it has to wait. */
const FREE_TRIES = 5;
/** Wrong keys all addresses together may try in ten minutes: a botnet guesses at eight digits as well. */
const GLOBAL_TRIES = 2_000;
const FIRST_WAIT_S = 2;
const LONGEST_WAIT_S = 900;

/** Slows down guessing at passphrases: after a few wrong ones each next wait is twice as long. */
export class GuessLimiter {
  readonly #failures = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: 3_600 });
  readonly #all = new RateLimiterMemory({ points: GLOBAL_TRIES, duration: 600 });
  readonly #blockedUntil = new Map<string, number>();
  readonly #clock: () => number;

  constructor(clock: () => number = Date.now) {
    this.#clock = clock;
  }

  /** Throws PASSPHRASE_GUESSING while the address (or everyone) has to wait. */
  async check(address: string): Promise<void> {
    const now = this.#clock();
    const until = this.#blockedUntil.get(address) ?? 0;
    if (until > now)
      throw new CataloguedError("PASSPHRASE_GUESSING", { retryAfter: Math.ceil((until - now) / 1_000) });
    if (until) this.#blockedUntil.delete(address);
    const all = await this.#all.get("all");
    if (all && all.consumedPoints >= GLOBAL_TRIES) {
      throw new CataloguedError("PASSPHRASE_GUESSING", { retryAfter: Math.ceil(all.msBeforeNext / 1_000) });
    }
  }

  /** A wrong key was tried. */
  async failed(address: string): Promise<void> {
    await this.#all.consume("all").catch(() => {});
    const { consumedPoints } = await this.#failures.consume(address);
    const over = consumedPoints - FREE_TRIES;
    if (over < 0) return;
    const wait = Math.min(FIRST_WAIT_S * 2 ** over, LONGEST_WAIT_S);
    this.#sweep();
    this.#blockedUntil.set(address, this.#clock() + wait * 1_000);
  }

  /** A right key was given: the address is a person. */
  async succeeded(address: string): Promise<void> {
    this.#blockedUntil.delete(address);
    await this.#failures.delete(address);
  }

  /** Bounds the map: waits that are over say nothing any more. */
  #sweep(): void {
    if (this.#blockedUntil.size < 10_000) return;
    const now = this.#clock();
    for (const [address, until] of this.#blockedUntil) if (until <= now) this.#blockedUntil.delete(address);
  }
}
