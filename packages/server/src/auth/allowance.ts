import { hash, randomBytes } from "node:crypto";
import type { Network } from "./network-of.ts";

export interface AllowanceOptions {
  /** How much a network that was not heard of may spend in its first window. */
  first: number;
  /** How much in each later one. */
  later: number;
  /** Length of a window, in seconds. It begins with the first spending. */
  windowS: number;
  /** So long after its last window began a network is new again, in seconds. */
  forgetS: number;
  /** Networks that are kept in mind; a multiple of 64. Each takes 12 bytes, once it is used. */
  records: number;
  /** Milliseconds. */
  clock?: () => number;
}

/** Records that share a place: which of them a network has is found by looking at all. */
const WAYS = 64;

/** Highest bit of a count: the window is not the network's first. */
const LATER = 0x8000_0000;
const MOST = LATER - 1;

function countOf(spent: number): number {
  return spent & MOST;
}

/**
 * How much each network has spent, in memory of a fixed size, however many networks there are.
 *
 * A network's record has its place by a keyed hash, which a stranger cannot compute. Where all records of a
 * place are in use, the newcomer takes over the one that has the most left to spend, with all that it has spent
 * ("space saving"). So a network whose record was taken over finds at least as much spent as it had: a flood of
 * networks frees none of them, whatever it costs. And a newcomer is refused only where all networks of its
 * place have all spent everything: the whole memory would have to be full of such.
 */
export class Allowance {
  readonly #options: AllowanceOptions;
  readonly #clock: () => number;
  readonly #secret = randomBytes(32).toString("hex");
  readonly #began: number;
  /** Zero: the record is free. */
  readonly #marks: Uint32Array;
  /** Start of the window, in seconds since this began. */
  readonly #starts: Uint32Array;
  readonly #spent: Uint32Array;

  constructor(options: AllowanceOptions) {
    this.#options = options;
    this.#clock = options.clock ?? Date.now;
    this.#began = this.#clock();
    // The system gives the memory of zeros when something is written there: an idle server pays nothing.
    this.#marks = new Uint32Array(options.records);
    this.#starts = new Uint32Array(options.records);
    this.#spent = new Uint32Array(options.records);
  }

  /** What may be spent right now by somebody for whom all these networks answer. */
  left(networks: readonly Network[]): number {
    return Math.min(...networks.map((network) => this.#left(this.#find(network).at, network.times)));
  }

  /** Seconds until something can be spent; 0 when something can. */
  wait(networks: readonly Network[]): number {
    const until = networks.map((network) => {
      const { at } = this.#find(network);
      if (this.#left(at, network.times) > 0) return 0;
      return Math.max(1, (this.#starts[at] as number) + this.#options.windowS + 1 - this.#now());
    });
    return Math.max(...until);
  }

  spend(networks: readonly Network[]): void {
    for (const network of networks) this.#spend(network);
  }

  #spend(network: Network): void {
    const { at, mark, found } = this.#find(network);
    const now = this.#now();
    const age = now - (this.#starts[at] as number);
    const known = this.#marks[at] !== 0 && age <= this.#options.forgetS;
    this.#marks[at] = mark;
    if (known && age <= this.#options.windowS) {
      // A count that is full stays full.
      if (countOf(this.#spent[at] as number) < MOST) (this.#spent[at] as number)++;
      // Whose record it was may not have its window end sooner by having lost it.
      if (!found) this.#starts[at] = now;
      return;
    }
    this.#starts[at] = now;
    this.#spent[at] = known ? LATER + 1 : 1;
  }

  /** The network's record, or the one of its place that it would take over. */
  #find({ name, times }: Network): { at: number; mark: number; found: boolean } {
    const digest = hash("sha256", `${this.#secret} ${name}`, "buffer");
    const first = (digest.readUInt32LE(0) % (this.#marks.length / WAYS)) * WAYS;
    const mark = digest.readUInt32LE(4) || 1;
    let at = first;
    let most = Number.NEGATIVE_INFINITY;
    for (let one = first; one < first + WAYS; one++) {
      if (this.#marks[one] === mark) return { at: one, mark, found: true };
      const left = this.#marks[one] === 0 ? Number.POSITIVE_INFINITY : this.#left(one, times);
      if (left > most) {
        at = one;
        most = left;
      }
    }
    return { at, mark, found: false };
  }

  #left(at: number, times: number): number {
    const { first, later, windowS, forgetS } = this.#options;
    if (this.#marks[at] === 0) return first * times;
    const age = this.#now() - (this.#starts[at] as number);
    if (age > forgetS) return first * times;
    if (age > windowS) return later * times;
    const spent = this.#spent[at] as number;
    const allowed = (spent >= LATER ? later : first) * times;
    return Math.max(0, allowed - countOf(spent));
  }

  #now(): number {
    return Math.floor((this.#clock() - this.#began) / 1_000);
  }
}
