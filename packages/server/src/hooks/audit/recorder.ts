import { CataloguedError } from "@copane/protocol";
import type { AuditEntry } from "../../sessions/index.ts";
import { type Database, isRefused } from "../../store/index.ts";
import { statementsFor } from "./rows.ts";

/** Entries of one transaction. */
const BATCH = 500;
/** Entries that may wait for a database that does not answer; then the oldest are given up, and counted. */
const MOST_WAITING = 50_000;
/** How long an answer waits for its rows. */
const STORED_MS = 5_000;
const RETRY_FIRST_MS = 200;
const RETRY_MOST_MS = 10_000;
/** Others do not wait any longer for a transaction that takes more than this. */
const SLOW_MS = 1_000;
/** Transactions at once, where some are slow. */
const MOST_WRITERS = 4;

export interface RecorderOptions {
  database: Database;
  /** Which server holds the sessions; see `COPANE_SERVER_ID`. */
  server: string;
  log: { error(data: object, message: string): void };
}

/** The entries of one session that are not stored yet, in order. */
interface Lane {
  sessionId: string;
  entries: AuditEntry[];
  /** The first so many are being written. */
  writing: number;
  taken: number;
  settled: number;
  /** Its rows failed while others may go on: it is written alone, and not as often. */
  aside: boolean;
  waiting: Set<Waiting>;
}

interface Waiting {
  /** Resolved once so many of the session's entries are settled. */
  count: number;
  resolve(): void;
  reject(error: CataloguedError): void;
}

/**
 * Stores audit entries as they happen: many to a transaction, each session's in order. Never throws into a session:
 * what the database does not take is tried again. A session whose rows cannot be stored holds up no other session.
 */
export class AuditRecorder {
  readonly #options: RecorderOptions;
  /** Sessions with entries that are not stored, those that have waited longest first. */
  readonly #lanes = new Map<string, Lane>();
  readonly #writers = new Set<Promise<void>>();
  readonly #retry = { main: new Backoff(), aside: new Backoff() };
  #slow = 0;
  #waiting = 0;
  #written = 0;
  #dropped = 0;
  #failing = false;
  #closed = false;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /** For metrics and readiness: what waits, what was given up, and whether the database fails right now. */
  get state(): { waiting: number; written: number; dropped: number; failing: boolean } {
    return {
      waiting: this.#waiting,
      written: this.#written,
      dropped: this.#dropped,
      failing: this.#failing,
    };
  }

  record(entry: AuditEntry): void {
    if (this.#waiting >= MOST_WAITING) this.#giveUpOldest();
    const { id } = entry.session;
    let lane = this.#lanes.get(id);
    if (!lane) {
      lane = {
        sessionId: id,
        entries: [],
        writing: 0,
        taken: 0,
        settled: 0,
        aside: false,
        waiting: new Set(),
      };
      this.#lanes.set(id, lane);
    }
    lane.entries.push(entry);
    lane.taken++;
    this.#waiting++;
    this.#start();
  }

  /**
   * Resolves when all that was recorded of a session until now is stored. Rejects with STORE_UNAVAILABLE, also when
   * that takes longer than `withinMs`.
   */
  async stored(sessionId: string, withinMs = STORED_MS): Promise<void> {
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

  /** Stores what waits, if the database still answers. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const retry of Object.values(this.#retry)) retry.end();
    this.#start();
    while (this.#writers.size > 0) await Promise.race(this.#writers);
  }

  /** Starts a writer if there is something to write, and none at work but slow ones. */
  #start(): void {
    if (this.#writers.size >= MOST_WRITERS || this.#writers.size > this.#slow) return;
    const writer = this.#write().finally(() => {
      this.#writers.delete(writer);
      const over = this.#closed && this.#failing;
      if (!over && this.#next().length > 0) this.#start();
    });
    this.#writers.add(writer);
  }

  async #write(): Promise<void> {
    // What happens in the same turn goes into the same transaction.
    await new Promise((resolve) => setImmediate(resolve));
    const lanes = this.#next();
    if (lanes.length === 0) return;
    let slow = false;
    const timer = setTimeout(() => {
      slow = true;
      this.#slow++;
      this.#start();
    }, SLOW_MS);
    try {
      if (await this.#store(lanes)) return;
      await this.#separate(lanes);
    } finally {
      clearTimeout(timer);
      if (slow) this.#slow--;
    }
  }

  /** Lanes for the next transaction: as many as it may hold, or one of those that failed. */
  #next(): Lane[] {
    const lanes: Lane[] = [];
    let entries = 0;
    for (const lane of this.#lanes.values()) {
      if (lane.writing > 0 || entries >= BATCH) continue;
      if (lane.aside ? this.#retry.aside.waits : this.#retry.main.waits) continue;
      if (lane.aside && lanes.length > 0) continue;
      lanes.push(lane);
      entries += lane.entries.length;
      if (lane.aside) break;
    }
    return lanes;
  }

  /** Of a transaction that failed, finds those at fault: each is tried alone, and put aside when it fails. */
  async #separate(lanes: readonly Lane[]): Promise<void> {
    const wereAside = lanes.every(({ aside }) => aside);
    let failures = 0;
    let stored = 0;
    for (const lane of lanes) {
      // After two in a row the database is away, most likely: the others are tried later, and together.
      if (failures === 2 && stored === 0) break;
      if (lanes.length > 1 && (await this.#store([lane]))) {
        stored++;
        continue;
      }
      failures++;
      lane.aside = true;
    }
    if (failures > 0) this.#retry.aside.begin(() => this.#start());
    if (stored === 0 && !wereAside) this.#retry.main.begin(() => this.#start());
  }

  /** Stores what these lanes hold, all of it or nothing. False when the database does not take it now. */
  async #store(lanes: readonly Lane[]): Promise<boolean> {
    for (const lane of lanes) lane.writing = Math.min(lane.entries.length, BATCH);
    try {
      await this.#put(lanes);
      this.#succeeded(lanes);
      return true;
    } catch (error) {
      // What failed before tells nothing new of the database.
      if (!this.#failing && !lanes.every(({ aside }) => aside)) {
        this.#options.log.error({ reason: reasonOf(error) }, "audit cannot be stored");
        this.#failing = true;
      }
      return false;
    } finally {
      for (const lane of lanes) lane.writing = 0;
    }
  }

  async #put(lanes: readonly Lane[]): Promise<void> {
    const { database, server, log } = this.#options;
    const entries = lanes.flatMap((lane) => lane.entries.slice(0, lane.writing));
    try {
      await database.write([waitBriefly, ...statementsFor(entries, server)]);
      for (const lane of lanes) this.#settle(lane, lane.writing);
      this.#written += entries.length;
    } catch (error) {
      if (!isRefused(error)) throw error;
      const [entry] = entries;
      if (entries.length === 1 && entry) {
        log.error({ sessionId: entry.session.id, reason: reasonOf(error) }, "audit entry was refused");
        this.#dropped++;
        for (const lane of lanes) this.#settle(lane, 1);
        return;
      }
      // One of them is not acceptable; the others must not suffer for it.
      for (const lane of lanes) {
        for (let left = lane.writing; left > 0 && lane.entries.length > 0; left--) {
          lane.writing = 1;
          await this.#put([lane]);
        }
      }
    }
  }

  #succeeded(lanes: readonly Lane[]): void {
    this.#failing = false;
    this.#retry.main.reset();
    if (!lanes.some(({ aside }) => aside)) return;
    // What failed goes again: perhaps it was the database, for all of them.
    this.#retry.aside.reset();
    for (const lane of this.#lanes.values()) lane.aside = false;
  }

  /** The first `count` entries of a lane are stored, or given up. */
  #settle(lane: Lane, count: number): void {
    lane.entries.splice(0, count);
    lane.settled += count;
    this.#waiting -= count;
    for (const { count: wanted, resolve } of lane.waiting) if (lane.settled >= wanted) resolve();
    // What waits for its turn comes after those that have waited longer.
    this.#lanes.delete(lane.sessionId);
    if (lane.entries.length > 0) this.#lanes.set(lane.sessionId, lane);
  }

  #giveUpOldest(): void {
    for (const lane of this.#lanes.values()) {
      if (lane.entries.length === lane.writing) continue;
      if (this.#dropped === 0) this.#options.log.error({}, "audit entries are given up: the queue is full");
      this.#dropped++;
      this.#waiting--;
      lane.entries.splice(lane.writing, 1);
      lane.taken--;
      for (const { reject } of lane.waiting) reject(new CataloguedError("STORE_UNAVAILABLE"));
      if (lane.entries.length === 0) this.#lanes.delete(lane.sessionId);
      return;
    }
  }
}

/** A row that somebody else has locked must not hold up the others of its transaction for long. */
const waitBriefly = ["set local lock_timeout = '500ms'"] as const;

/** A pause that is twice as long after each failure. */
class Backoff {
  #wait = RETRY_FIRST_MS;
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
    this.#wait = Math.min(this.#wait * 2, RETRY_MOST_MS);
  }

  reset(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#wait = RETRY_FIRST_MS;
  }

  end(): void {
    this.reset();
    this.#ended = true;
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

/** What may stand in a log: the number of the failure, never the row. */
function reasonOf(error: unknown): string {
  return (error as { code?: string }).code ?? (error as Error).name;
}
