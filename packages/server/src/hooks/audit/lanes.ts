import { CataloguedError } from "@copane/protocol";
import type { AuditEntry } from "../../sessions/index.ts";

/** The entries of one session that are not stored yet, in order. */
export interface Lane {
  readonly sessionId: string;
  readonly entries: AuditEntry[];
  /** The first so many are being written. */
  writing: number;
  taken: number;
  settled: number;
  /** Its rows failed while others may go on: it is written alone, and not as often. */
  aside: boolean;
  readonly waiting: Set<Waiting>;
}

interface Waiting {
  /** Resolved once so many of the session's entries are settled. */
  count: number;
  resolve(): void;
  reject(error: CataloguedError): void;
}

/** What waits to be stored, by session: those that have waited longest come first. */
export class Lanes {
  readonly #lanes = new Map<string, Lane>();
  #size = 0;

  /** Entries that wait. */
  get size(): number {
    return this.#size;
  }

  add(entry: AuditEntry): void {
    const { id: sessionId } = entry.session;
    let lane = this.#lanes.get(sessionId);
    if (!lane) {
      lane = {
        sessionId,
        entries: [],
        writing: 0,
        taken: 0,
        settled: 0,
        aside: false,
        waiting: new Set(),
      };
      this.#lanes.set(sessionId, lane);
    }
    lane.entries.push(entry);
    lane.taken++;
    this.#size++;
  }

  /**
   * Resolves when all that waits of a session until now is settled. Rejects with STORE_UNAVAILABLE when that takes
   * longer than `withinMs`, or when some of it is given up.
   */
  async settledOf(sessionId: string, withinMs: number): Promise<void> {
    const lane = this.#lanes.get(sessionId);
    if (!lane) return;
    const { promise, resolve, reject } = withResolvers();
    const waiting = { count: lane.taken, resolve, reject };
    lane.waiting.add(waiting);
    const timer = Number.isFinite(withinMs)
      ? setTimeout(() => reject(new CataloguedError("STORE_UNAVAILABLE")), withinMs)
      : undefined;
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      lane.waiting.delete(waiting);
    }
  }

  /**
   * Lanes for one transaction of about `most` entries, or one of those that failed.
   * @param waits whether such lanes have to wait yet
   */
  next(most: number, waits: (lane: Lane) => boolean): Lane[] {
    const lanes: Lane[] = [];
    let entries = 0;
    for (const lane of this.#lanes.values()) {
      if (lane.writing > 0 || entries >= most || waits(lane)) continue;
      if (lane.aside && lanes.length > 0) continue;
      lanes.push(lane);
      entries += lane.entries.length;
      if (lane.aside) break;
    }
    return lanes;
  }

  /** What failed goes with the others again. */
  takeBack(): void {
    for (const lane of this.#lanes.values()) lane.aside = false;
  }

  /** The first `count` entries of a lane are stored, or given up. */
  settle(lane: Lane, count: number): void {
    lane.entries.splice(0, count);
    lane.settled += count;
    this.#size -= count;
    for (const { count: wanted, resolve } of lane.waiting) if (lane.settled >= wanted) resolve();
    // What waits for its turn comes after those that have waited longer.
    this.#lanes.delete(lane.sessionId);
    if (lane.entries.length > 0) this.#lanes.set(lane.sessionId, lane);
  }

  /** Gives up the oldest entry that is not being written. False when there is none. */
  giveUpOldest(): boolean {
    for (const lane of this.#lanes.values()) {
      if (lane.entries.length === lane.writing) continue;
      this.#size--;
      lane.entries.splice(lane.writing, 1);
      lane.taken--;
      for (const { reject } of lane.waiting) reject(new CataloguedError("STORE_UNAVAILABLE"));
      if (lane.entries.length === 0) this.#lanes.delete(lane.sessionId);
      return true;
    }
    return false;
  }
}

function withResolvers(): { promise: Promise<void>; resolve(): void; reject(error: Error): void } {
  let resolve = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
