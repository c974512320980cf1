import type { AuditEntry } from "../../sessions/index.ts";
import { type Database, isRefused } from "../../store/index.ts";
import { Backoff } from "./backoff.ts";
import { type Lane, Lanes } from "./lanes.ts";
import { statementsFor } from "./rows.ts";

/** Entries of one transaction. */
const BATCH = 500;
/** Entries that may wait for a database that does not answer; then the oldest are given up, and counted. */
const MOST_WAITING = 50_000;
/** Rows that no answer waits for go with others' within this. */
const SOON_MS = 100;
/** How long an answer waits for its rows. */
const STORED_MS = 5_000;
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

/**
 * Stores audit entries as they happen: many to a transaction, each session's in order. Never throws into a session:
 * what the database does not take is tried again. A session whose rows cannot be stored holds up no other session.
 */
export class AuditRecorder {
  readonly #options: RecorderOptions;
  readonly #lanes = new Lanes();
  readonly #writers = new Set<Promise<void>>();
  readonly #retry = { main: new Backoff(), aside: new Backoff() };
  #soonTimer: ReturnType<typeof setTimeout> | undefined;
  #slow = 0;
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
      waiting: this.#lanes.size,
      written: this.#written,
      dropped: this.#dropped,
      failing: this.#failing,
    };
  }

  record(entry: AuditEntry): void {
    if (this.#lanes.size >= MOST_WAITING) this.#giveUpOldest();
    this.#lanes.add(entry);
    this.#soonTimer ??= setTimeout(() => this.#start(), SOON_MS).unref();
  }

  /** Resolves when all that was recorded of a session until now is stored, as long as that takes. */
  kept(sessionId: string): Promise<void> {
    return this.#lanes.settledOf(sessionId, Number.POSITIVE_INFINITY);
  }

  /**
   * The same for an answer that waits: what waits is stored at once. Rejects with STORE_UNAVAILABLE, also when that
   * takes longer than `withinMs`.
   */
  stored(sessionId: string, withinMs = STORED_MS): Promise<void> {
    if (this.#lanes.size > 0) this.#start();
    return this.#lanes.settledOf(sessionId, withinMs);
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
    clearTimeout(this.#soonTimer);
    this.#soonTimer = undefined;
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

  #next(): Lane[] {
    return this.#lanes.next(BATCH, ({ aside }) => (aside ? this.#retry.aside : this.#retry.main).waits);
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
      for (const lane of lanes) this.#lanes.settle(lane, lane.writing);
      this.#written += entries.length;
    } catch (error) {
      if (!isRefused(error)) throw error;
      const [entry] = entries;
      if (entries.length === 1 && entry) {
        log.error({ sessionId: entry.session.id, reason: reasonOf(error) }, "audit entry was refused");
        this.#dropped++;
        for (const lane of lanes) this.#lanes.settle(lane, 1);
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
    this.#lanes.takeBack();
  }

  #giveUpOldest(): void {
    if (!this.#lanes.giveUpOldest()) return;
    if (this.#dropped === 0) this.#options.log.error({}, "audit entries are given up: the queue is full");
    this.#dropped++;
  }
}

/** A row that somebody else has locked must not hold up the others of its transaction for long. */
const waitBriefly = ["set local lock_timeout = '500ms'"] as const;

/** What may stand in a log: the number of the failure, never the row. */
function reasonOf(error: unknown): string {
  return (error as { code?: string }).code ?? (error as Error).name;
}
