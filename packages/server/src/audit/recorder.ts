import { CataloguedError } from "@copane/protocol";
import type { Database } from "../store/index.ts";
import type { AuditEntry } from "./entry.ts";
import { statementsFor } from "./rows.ts";

/** Entries of one transaction. */
const BATCH = 500;
/** Entries that may wait for a database that does not answer; then the oldest are given up, and counted. */
const MOST_WAITING = 50_000;
/** How long an answer waits for its rows. */
const DURABLE_MS = 5_000;
const RETRY_FIRST_MS = 200;
const RETRY_MOST_MS = 10_000;

export interface RecorderOptions {
  database: Database;
  /** Which server holds the sessions; see `COPANE_SERVER_ID`. */
  server: string;
  log: { error(data: object, message: string): void };
}

interface Waiting {
  /** Resolved once so many entries are stored. */
  count: number;
  resolve: () => void;
}

/**
 * Takes audit entries as they happen and stores them in order, many to a transaction. Never throws into a
 * session: what the database refuses for a while is tried again.
 */
export class AuditRecorder {
  readonly #options: RecorderOptions;
  #queue: AuditEntry[] = [];
  #taken = 0;
  #settled = 0;
  #dropped = 0;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #failing = false;
  #closed = false;
  #wake: (() => void) | undefined;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /** For metrics and readiness: what waits, what was given up, and whether the database fails right now. */
  get state(): { waiting: number; written: number; dropped: number; failing: boolean } {
    const written = this.#settled - this.#dropped;
    return { waiting: this.#taken - this.#settled, written, dropped: this.#dropped, failing: this.#failing };
  }

  record(entry: AuditEntry): void {
    if (this.#queue.length >= MOST_WAITING) {
      this.#queue.shift();
      this.#giveUp(1);
    }
    this.#queue.push(entry);
    this.#taken++;
    this.#writing ??= this.#write();
  }

  /** Resolves when all that was recorded until now is stored. Rejects with STORE_UNAVAILABLE. */
  async durable(): Promise<void> {
    const count = this.#taken;
    if (this.#settled >= count) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const entry = { count, resolve: () => {} };
    const stored = new Promise<void>((resolve, reject) => {
      entry.resolve = resolve;
      timer = setTimeout(() => reject(new CataloguedError("STORE_UNAVAILABLE")), DURABLE_MS);
    });
    this.#waiting.push(entry);
    try {
      await stored;
    } finally {
      clearTimeout(timer);
      this.#waiting = this.#waiting.filter((one) => one !== entry);
    }
  }

  /** Stores what waits, if the database still answers. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#wake?.();
    await this.#writing;
  }

  async #write(): Promise<void> {
    // What happens in the same turn goes into the same transaction.
    await new Promise((resolve) => setImmediate(resolve));
    let wait = RETRY_FIRST_MS;
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, BATCH);
      try {
        await this.#store(batch);
        this.#settle(batch.length);
        this.#failing = false;
        wait = RETRY_FIRST_MS;
      } catch (error) {
        this.#queue.unshift(...batch);
        if (!this.#failing) this.#options.log.error({ reason: reasonOf(error) }, "audit cannot be stored");
        this.#failing = true;
        if (this.#closed) break;
        await this.#pause(wait);
        wait = Math.min(wait * 2, RETRY_MOST_MS);
      }
    }
    this.#writing = undefined;
  }

  async #store(batch: readonly AuditEntry[]): Promise<void> {
    const { database, server, log } = this.#options;
    try {
      await database.write(statementsFor(batch, server));
    } catch (error) {
      if (!isRefused(error)) throw error;
      if (batch.length === 1) {
        log.error({ sessionId: batch[0]?.session.id, reason: reasonOf(error) }, "audit entry was refused");
        this.#dropped++;
        return;
      }
      // One of them is not acceptable; the others must not suffer for it.
      for (const entry of batch) await this.#store([entry]);
    }
  }

  #giveUp(count: number): void {
    if (this.#dropped === 0) this.#options.log.error({}, "audit entries are given up: the queue is full");
    this.#dropped += count;
    this.#settle(count);
  }

  #settle(count: number): void {
    this.#settled += count;
    for (const { count: wanted, resolve } of this.#waiting) if (this.#settled >= wanted) resolve();
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** SQLSTATE classes 22 and 23: the data is at fault, and trying again would not help. */
function isRefused(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code !== undefined && /^2[23]...$/.test(code);
}

/** What may stand in a log: the number of the failure, never the row. */
function reasonOf(error: unknown): string {
  return (error as { code?: string }).code ?? (error as Error).name;
}
