import type { SessionStore } from "./session-store.ts";
import type { StoredSession } from "./stored-session.ts";

/** What nobody waits for is written within this, together with others. */
const SOON_MS = 10_000;
/** Sessions of one write. */
const BATCH = 200;
const RETRY_FIRST_MS = 100;
const RETRY_MOST_MS = 5_000;
/** What somebody else has locked is tried again after this. */
const BUSY_MS = 250;

/** A session that is to be stored. */
export interface Storable {
  readonly id: string;
  /** All of it, as it is now. */
  stored(): StoredSession;
  /** It is stored as it was at this version. */
  written(version: number): void;
  /** Another server has taken it up: this one decides nothing of it any more. */
  lost(): void;
}

export interface SessionWriterOptions {
  store: SessionStore;
  log: { info(data: object, message: string): void; error(data: object, message: string): void };
}

/**
 * Stores live sessions as they change: many to a write, one write at a time. What changes while one is under way goes
 * into the next, so that a busy server writes larger batches and not more of them. What the store does not take is
 * tried again; only the newest state of a session waits, so that memory is bounded by the sessions. What somebody else
 * has locked waits by itself.
 */
export class SessionWriter {
  readonly #options: SessionWriterOptions;
  readonly #now = new Map<string, Storable>();
  readonly #soon = new Map<string, Storable>();
  readonly #over = new Map<string, { id: string; fence: number }>();
  /** Sessions that are locked, and those that are over. */
  readonly #busy = new Map<string, Storable | { id: string; fence: number }>();
  readonly #dropped = new Set<string>();
  #work: Promise<void> | undefined;
  #soonTimer: ReturnType<typeof setTimeout> | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #busyTimer: ReturnType<typeof setTimeout> | undefined;
  #retryMs = RETRY_FIRST_MS;
  #failing = false;
  #closed = false;

  constructor(options: SessionWriterOptions) {
    this.#options = options;
  }

  /** For metrics and readiness: sessions that wait to be stored, and whether the store fails right now. */
  get state(): { waiting: number; failing: boolean } {
    return { waiting: this.#now.size + this.#busy.size, failing: this.#failing };
  }

  /** Whether a session waits to be stored. */
  has(id: string): boolean {
    return this.#now.has(id) || this.#soon.has(id) || this.#busy.has(id);
  }

  /** Stores a session as it is when its turn comes. */
  write(session: Storable, when: "now" | "soon"): void {
    if (when === "now") {
      this.#now.set(session.id, session);
      this.#start();
      return;
    }
    if (this.#closed || this.#now.has(session.id)) return;
    this.#soon.set(session.id, session);
    this.#soonTimer ??= setTimeout(() => this.#hurry(), SOON_MS).unref();
  }

  /** A session is over: it is forgotten. */
  remove(session: { id: string; fence: number }): void {
    this.#forget(session.id);
    this.#over.set(session.id, session);
    this.#start();
  }

  /** A session is not this server's any more: it is not written. */
  drop(id: string): void {
    this.#forget(id);
    if (!this.#work) return;
    // What is being written right now is not tried again.
    this.#dropped.add(id);
    void this.#work.then(() => this.#dropped.delete(id));
  }

  /** Stores what waits, if the store answers now. */
  async flush(): Promise<void> {
    this.#hurry();
    while (this.#work && !this.#failing) await this.#work;
  }

  /** Stores all that waits, if the store still answers. Nothing is tried again afterwards. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#hurry();
    while (this.#work) await this.#work;
  }

  #forget(id: string): void {
    this.#now.delete(id);
    this.#soon.delete(id);
    this.#busy.delete(id);
  }

  #hurry(): void {
    this.#tryBusy();
    clearTimeout(this.#soonTimer);
    this.#soonTimer = undefined;
    for (const [id, session] of this.#soon) this.#now.set(id, session);
    this.#soon.clear();
    clearTimeout(this.#retryTimer);
    this.#retryTimer = undefined;
    this.#start();
  }

  #start(): void {
    if (this.#work || this.#retryTimer || this.#now.size + this.#over.size === 0) return;
    this.#work = this.#write().then((done) => {
      this.#work = undefined;
      if (done) this.#start();
      else if (!this.#closed) this.#retry();
    });
  }

  #retry(): void {
    this.#retryTimer = setTimeout(() => {
      this.#retryTimer = undefined;
      this.#start();
    }, this.#retryMs).unref();
    this.#retryMs = Math.min(this.#retryMs * 2, RETRY_MOST_MS);
  }

  #tryBusy(): void {
    clearTimeout(this.#busyTimer);
    this.#busyTimer = undefined;
    for (const [id, one] of this.#busy) {
      if ("fence" in one) this.#over.set(id, one);
      else this.#now.set(id, one);
    }
    this.#busy.clear();
  }

  #wait(one: Storable | { id: string; fence: number }): void {
    this.#busy.set(one.id, one);
    if (this.#closed) return;
    this.#busyTimer ??= setTimeout(() => {
      this.#tryBusy();
      this.#start();
    }, BUSY_MS).unref();
  }

  /** False when the store does not take it now. */
  async #write(): Promise<boolean> {
    // What happens in the same turn is written together.
    await new Promise((resolve) => setImmediate(resolve));
    const sessions = [...this.#now.values()].slice(0, BATCH);
    const over = [...this.#over.values()].slice(0, BATCH);
    for (const { id } of sessions) this.#now.delete(id);
    for (const { id } of sessions) this.#soon.delete(id);
    for (const { id } of over) this.#over.delete(id);
    try {
      await this.#store(sessions);
      if (over.length > 0) await this.#remove(over);
      if (this.#failing) this.#options.log.info({}, "live sessions are stored again");
      this.#failing = false;
      this.#retryMs = RETRY_FIRST_MS;
      return true;
    } catch (error) {
      const { code = (error as Error).name } = error as { code?: string };
      if (!this.#failing) this.#options.log.error({ reason: code }, "live sessions cannot be stored");
      this.#failing = true;
      // Those that are over meanwhile are not written any more.
      for (const session of sessions)
        if (!this.#over.has(session.id) && !this.#dropped.has(session.id)) this.#now.set(session.id, session);
      for (const one of over) this.#over.set(one.id, one);
      return false;
    }
  }

  async #store(sessions: readonly Storable[]): Promise<void> {
    if (sessions.length === 0) return;
    const states = sessions.map((session) => session.stored());
    const { refused, busy } = await this.#options.store.write(states);
    for (const [i, session] of sessions.entries()) {
      if (refused.includes(session.id)) session.lost();
      else if (busy.includes(session.id)) this.#storeLater(session);
      else session.written((states[i] as StoredSession).version);
    }
  }

  #storeLater(session: Storable): void {
    const { id } = session;
    if (!this.#over.has(id) && !this.#dropped.has(id) && !this.#now.has(id)) this.#wait(session);
  }

  async #remove(over: readonly { id: string; fence: number }[]): Promise<void> {
    const busy = await this.#options.store.remove(over);
    for (const one of over) if (busy.includes(one.id)) this.#wait(one);
  }
}
