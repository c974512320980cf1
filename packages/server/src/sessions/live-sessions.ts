import type { SessionRecord, SessionSettings } from "../rules/index.ts";
import type { SessionHooks } from "./hooks.ts";
import { LiveSession } from "./live-session.ts";
import type { SeatEntry, SessionContext } from "./session-context.ts";
import type { SessionStore } from "./session-store.ts";
import { SessionWriter } from "./session-writer.ts";
import type { StoredSession } from "./stored-session.ts";
import type { Answerable } from "./waiting.ts";

export interface LiveSessionsOptions {
  store: SessionStore;
  settings: SessionSettings;
  hooks: SessionHooks;
  log: { info(data: object, message: string): void; error(data: object, message: string): void };
  /** A session is another one now: called before anybody is told. */
  changed(session: SessionRecord): void;
  /** A session is not asked for any more: it ended, or another server has taken it up. */
  forgotten(sessionId: string, how: "ended" | "elsewhere"): void;
  /** Whether this server may decide right now. */
  deciding?(): boolean;
}

/** How often it is noted that the server lives, at most: so exactly is known later when it died. */
const ALIVE_MS = 5_000;

/** The sessions for which this server decides: taken up when it starts, handed on when it stops. */
export class LiveSessions {
  readonly #store: SessionStore;
  readonly #writer: SessionWriter;
  readonly #context: SessionContext;
  readonly #forgotten: LiveSessionsOptions["forgotten"];
  readonly #sessions = new Map<string, LiveSession>();
  #aliveTimer: ReturnType<typeof setInterval> | undefined;

  constructor(options: LiveSessionsOptions) {
    const { store, settings, hooks, log, changed, forgotten, deciding = () => true } = options;
    this.#store = store;
    this.#writer = new SessionWriter({ store, log });
    this.#forgotten = forgotten;
    const over = (id: string, how: "ended" | "elsewhere") => this.#over(id, how);
    this.#context = { settings, log, hooks, clock: Date.now, writer: this.#writer, changed, over, deciding };
  }

  /** How many are known, those included that ended a moment ago. */
  get size(): number {
    return this.#sessions.size;
  }

  /** Those that have not ended. */
  get open(): LiveSession[] {
    return [...this.#sessions.values()].filter(({ record }) => !record.closed);
  }

  /** Of the sessions' store: what waits for it, and whether it fails right now. */
  get storing(): { waiting: number; failing: boolean } {
    return this.#writer.state;
  }

  get(id: string): LiveSession | undefined {
    return this.#sessions.get(id);
  }

  /**
   * A session that somebody begins just now.
   * @param who answers for it while it waits
   */
  begin(record: SessionRecord, seat: SeatEntry, who: Answerable): LiveSession {
    const session = this.#add({ record, seats: [seat], unkept: [], who, fence: 1, version: 0 });
    session.begin(seat[1]);
    return session;
  }

  /**
   * Goes on with what an earlier start of this server left. Gives the ids of those that are known again.
   * @param found makes a session known by its keys and seats
   */
  async takeUp(found: (stored: StoredSession) => Promise<void>): Promise<string[]> {
    const { clock, settings } = this.#context;
    const { sessions, aliveAt } = await this.#store.takeUp();
    for (const stored of sessions) {
      const session = this.#add(stored);
      await found(stored);
      session.goOn(aliveAt ?? clock());
    }
    for (const session of this.#sessions.values()) await session.settled();
    const alive = () => this.#store.alive(clock()).catch(() => {});
    await alive();
    this.#aliveTimer = setInterval(alive, Math.min(ALIVE_MS, settings.reconnectGraceMs / 4)).unref();
    return [...this.#sessions.keys()];
  }

  /** Goes on with a session that another server began; see `LiveSession.goOn`. */
  goOn(stored: StoredSession, lostAt: number | undefined): void {
    this.#add(stored).goOn(lostAt);
  }

  /**
   * Gives up a session once all of it is stored: gives it as it is then. Who is connected finds it where it goes on.
   * Undefined when it stays here.
   */
  async giveUp(id: string): Promise<StoredSession | undefined> {
    const session = this.#sessions.get(id);
    if (!session || session.record.closed) return undefined;
    this.#writer.write(session, "now");
    await session.settled();
    await this.#writer.flush();
    if (this.#sessions.get(id) !== session || this.#writer.has(id) || session.record.closed) return undefined;
    const given = session.stored();
    session.lost("handed over");
    return given;
  }

  /** None of them is this server's any more: everybody is sent to where they go on. */
  lost(): void {
    for (const session of [...this.#sessions.values()]) session.lost();
  }

  /**
   * Nothing changes any more. Where sessions do not outlive the server, each ends and both parties are told; else
   * everybody is sent to where it goes on.
   * @param stopped is called when all is stored, before anybody is sent away
   */
  async stop(outlived: boolean, stopped = async () => {}): Promise<void> {
    clearInterval(this.#aliveTimer);
    for (const session of this.open) if (!outlived) session.apply({ t: "session.shutdown" });
    const all = [...this.#sessions.values()];
    for (const session of all) session.stop();
    await Promise.allSettled(all.map((session) => session.settled()));
    await this.#writer.flush();
    await stopped();
    if (!outlived) return;
    for (const session of all) session.sendAway();
    await this.#store.alive(this.#context.clock()).catch(() => {});
  }

  /** Stores what is not stored yet. */
  close(): Promise<void> {
    return this.#writer.close();
  }

  #add(stored: StoredSession): LiveSession {
    const session = new LiveSession(stored, this.#context);
    this.#sessions.set(session.id, session);
    return session;
  }

  #over(id: string, how: "ended" | "elsewhere"): void {
    const session = this.#sessions.get(id);
    if (!session) return;
    session.stop();
    this.#sessions.delete(id);
    this.#forgotten(id, how);
    if (how === "ended") this.#writer.remove({ id, fence: session.stored().fence });
    else this.#writer.drop(id);
  }
}
