/**
 * How well the picture was found to be the customer's page: parts compared, and those that differed and were
 * sent anew.
 */
export interface Fidelity {
  compared: number;
  repaired: number;
}

/** The server is told at most this often, in milliseconds. What is left goes with the agent's logout. */
const TELL_MS = 2_000;

/** Adds up what the pages of a session tell of themselves, each from nothing on, and tells the server what is new. */
export class FidelityCount {
  readonly #tell: (more: Fidelity) => Promise<unknown>;
  readonly #changed: (now: Fidelity) => void;
  #page: Fidelity = { compared: 0, repaired: 0 };
  #all: Fidelity = { compared: 0, repaired: 0 };
  #told: Fidelity = { compared: 0, repaired: 0 };
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(tell: (more: Fidelity) => Promise<unknown>, changed: (now: Fidelity) => void) {
    this.#tell = tell;
    this.#changed = changed;
  }

  get all(): Fidelity {
    return this.#all;
  }

  hear(now: Fidelity): void {
    const again = now.compared < this.#page.compared || now.repaired < this.#page.repaired;
    this.#all = sum(this.#all, again ? now : difference(now, this.#page));
    this.#page = now;
    this.#changed(this.#all);
    this.#timer ??= setTimeout(() => this.#tellMore(), TELL_MS);
  }

  /** What was not told yet, which counts as told then; undefined where that is nothing. */
  take(): Fidelity | undefined {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const more = difference(this.#all, this.#told);
    if (more.compared === 0) return undefined;
    this.#told = this.#all;
    return more;
  }

  #tellMore(): void {
    const more = this.take();
    // Without a connection it is told later.
    if (more)
      this.#tell(more).catch(() => {
        this.#told = difference(this.#told, more);
      });
  }
}

function sum(one: Fidelity, other: Fidelity): Fidelity {
  return { compared: one.compared + other.compared, repaired: one.repaired + other.repaired };
}

function difference(one: Fidelity, other: Fidelity): Fidelity {
  return { compared: one.compared - other.compared, repaired: one.repaired - other.repaired };
}
