import type { FrameRate, Role } from "@copane/protocol";

const MEGABYTE = 1024 * 1024;

/** A token bucket: `perSecond` on average, `burst` at once; of messages, or of bytes. */
class Bucket {
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #at: number;

  constructor(perSecond: number, burst: number, now: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#tokens = burst;
    this.#at = now;
  }

  /** False when the sender is over its rate. */
  take(now: number, amount = 1): boolean {
    this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#at) / 1_000) * this.#perSecond);
    this.#at = now;
    if (this.#tokens < amount) return false;
    this.#tokens -= amount;
    return true;
  }
}

/** How much one connection may send. Each method counts, and is false when it was too much. */
export class Rates {
  readonly #messages = new Bucket(50, 200, Date.now());
  readonly #frames = new Bucket(2_000, 6_000, Date.now());
  /** Inflated: a line that carries little can still make the server work. More than any page has at once. */
  readonly #bytes = new Bucket(32 * MEGABYTE, 256 * MEGABYTE, Date.now());
  /** Chat, whispers and proposals: a person's pace. The customer's page repeats the agents' lines. */
  readonly #talk: Bucket;

  constructor(role: Role) {
    this.#talk = role === "customer" ? new Bucket(20, 60, Date.now()) : new Bucket(2, 12, Date.now());
  }

  message(): boolean {
    return this.#messages.take(Date.now());
  }

  frame(bytes: number): boolean {
    const now = Date.now();
    return this.#frames.take(now) && this.#bytes.take(now, bytes);
  }

  /** Besides, by what the table says of the frame's type. */
  ofType(rate: FrameRate): boolean {
    return rate !== "talk" || this.#talk.take(Date.now());
  }
}
