import {
  CataloguedError,
  CUSTOMER_NUMBER,
  formatPassphrase,
  type Invite,
  type InvitedPart,
  type LiveSessionsAnswer,
  type LogoutBody,
  type Role,
  type StatusAnswer,
  type Ticket,
  type WaitingAnswer,
} from "@copane/protocol";
import { liveView, type SessionCommand, type SessionSettings } from "../rules/index.ts";
import { attachmentTo } from "./attach.ts";
import type { Attachment } from "./attachment.ts";
import type { Directory, KeyKind } from "./directory.ts";
import type { SessionHooks } from "./hooks.ts";
import type { LiveSession } from "./live-session.ts";
import { LiveSessions } from "./live-sessions.ts";
import { type AgentsWish, type CustomersWish, NewSessions, type NewSettings } from "./new-sessions.ts";
import { Seats } from "./seats.ts";
import { type SessionListener, shuttingDown } from "./session-context.ts";
import type { SessionStore } from "./session-store.ts";
import type { Sessions } from "./sessions.ts";
import type { StoredSession } from "./stored-session.ts";
import { type SharedWaiting, WaitingSessions } from "./waiting.ts";
import { type WaitingQuery, waitingOf } from "./waiting-list.ts";

export interface SessionServiceOptions {
  directory: Directory;
  store: SessionStore;
  settings: NewSettings;
  hooks: SessionHooks;
  log: { info(data: object, message: string): void; error(data: object, message: string): void };
  /** Whether this server may decide right now; one that is alone always may. */
  deciding?(): boolean;
  /** Makes names of networks, which are stored and shared, into others by which nobody knows them. */
  hide(name: string): string;
  /** Where several servers count together what waits. */
  waiting?: SharedWaiting | undefined;
}

/** The list shows the newest of more sessions than these. */
const MOST_LISTED = 500;

/** The sessions for which this server decides: it finds the one that is meant, and lets the rules decide. */
export class SessionService implements Sessions {
  readonly #settings: SessionSettings;
  readonly #directory: Directory;
  readonly #seats: Seats;
  readonly #sessions: LiveSessions;
  readonly #new: NewSessions;
  readonly #waits: WaitingSessions;

  constructor(options: SessionServiceOptions) {
    const { directory, store, settings, hooks, log, deciding, hide, waiting } = options;
    const waits = new WaitingSessions(settings, waiting);
    this.#waits = waits;
    this.#settings = settings;
    this.#directory = directory;
    this.#seats = new Seats(directory, () => settings.keyDigits);
    this.#sessions = new LiveSessions({
      store,
      settings,
      hooks,
      log,
      ...(deciding ? { deciding } : {}),
      changed: (session) => {
        directory.put(session);
        waits.follow(session);
      },
      forgotten: (id, how) => {
        if (how === "ended") {
          waits.remove(id);
          directory.remove(id);
        } else {
          waits.leave(id);
          directory.leave(id);
        }
      },
    });
    this.#new = new NewSessions({ sessions: this.#sessions, seats: this.#seats, settings, waits, hide });
  }

  /**
   * Goes on with the sessions that an earlier start of this server left. Gives the ids of those that are known again.
   * Nobody may ask for a session before: a token that is not known yet would be taken for a wrong one.
   */
  takeUp(): Promise<string[]> {
    return this.#sessions.takeUp((stored) => this.#found(stored));
  }

  /** Goes on with a session that another server began; see `LiveSession.goOn`. */
  async goOn(stored: StoredSession, lostAt: number | undefined): Promise<void> {
    await this.#found(stored);
    this.#sessions.goOn(stored, lostAt);
  }

  /** Whether this server decides a session, or did until a moment ago. */
  has(id: string): boolean {
    return this.#sessions.get(id) !== undefined;
  }

  /** Gives up a session, all of which is stored; undefined when it stays here. */
  giveUp(id: string): Promise<StoredSession | undefined> {
    return this.#sessions.giveUp(id);
  }

  /** All that this server decides, as they are. */
  stored(): StoredSession[] {
    return this.#sessions.open.map((session) => session.stored());
  }

  /** Tells the other servers again what waits here. */
  tellWaiting(): Promise<void> {
    return this.#waits.renew();
  }

  /** None of the sessions is this server's any more: everybody is sent to where they go on. */
  lost(): void {
    this.#sessions.lost();
  }

  /** Of the sessions' store: what waits for it, and whether it fails right now. */
  get storing(): { waiting: number; failing: boolean } {
    return this.#sessions.storing;
  }

  /** Sessions that go on at this server, and who takes part in them. */
  get counts(): { sessions: number; participants: number } {
    const records = this.#sessions.open.map(({ record }) => record);
    const participants = records.reduce((sum, record) => sum + record.participants.length, 0);
    return { sessions: records.length, participants };
  }

  createByCustomer(wish: CustomersWish): Promise<Ticket> {
    return this.#new.byCustomer(wish);
  }

  createByAgent(wish: AgentsWish): Promise<Ticket> {
    return this.#new.byAgent(wish);
  }

  withdraw(id: string): Promise<void> {
    return this.#new.withdraw(id);
  }

  async joinByCustomer(wish: Parameters<Sessions["joinByCustomer"]>[0]): Promise<Ticket> {
    const { name, passphrase, customer } = wish;
    const session = await this.#waiting(passphrase, "agent");
    const command = { t: "customer.join" as const, name, ...(customer ? { customer } : {}) };
    return this.#enter(session, command, CUSTOMER_NUMBER);
  }

  async joinByAgent(token: string): Promise<Ticket> {
    const { sessionId, number } = await this.#seats.of(token, "agent");
    const session = this.#session(sessionId);
    session.apply({ t: "agent.join" });
    await session.settled();
    return { session: session.view(number), you: number, token };
  }

  async joinLive(wish: { agentId: string; name: string; passphrase: string }): Promise<Ticket> {
    const session = await this.#waiting(wish.passphrase, "customer");
    return this.#enter(session, { t: "agent.live.join", name: wish.name, agentId: wish.agentId });
  }

  async joinWaiting(wish: Parameters<Sessions["joinWaiting"]>[0]): Promise<Ticket> {
    const { agentId, name } = wish;
    const byReference = "reference" in wish;
    const id = byReference ? await this.#directory.find("reference", wish.reference) : wish.sessionId;
    const session = id === undefined ? undefined : this.#sessions.get(id);
    if (!session) throw new CataloguedError(byReference ? "REFERENCE_UNKNOWN" : "SESSION_UNKNOWN");
    return this.#enter(session, { t: "agent.waiting.join", name, agentId });
  }

  async waiting(query: WaitingQuery): Promise<WaitingAnswer> {
    return waitingOf(await this.#directory.live(), query, Date.now());
  }

  async joinInvited(wish: { agentId: string; name: string; key: string }): Promise<Ticket> {
    const session = await this.#byKey("invitation", wish.key);
    if (!session) throw new CataloguedError("INVITE_UNKNOWN");
    return this.#enter(session, { t: "invite.join", ...wish });
  }

  async supervise(wish: Parameters<Sessions["supervise"]>[0]): Promise<Ticket> {
    const { agentId, name, sessionId, silent } = wish;
    const session = this.#sessions.get(sessionId);
    if (!session || session.record.closed) throw new CataloguedError("SESSION_UNKNOWN");
    return this.#enter(session, { t: "supervisor.join", agentId, name, silent });
  }

  /** The sessions under way, newest first, for who oversees them. */
  async live(): Promise<LiveSessionsAnswer> {
    const live = await this.#directory.live();
    const newest = live.sort((a, b) => b.createdAt - a.createdAt).slice(0, MOST_LISTED);
    const now = Date.now();
    return {
      sessions: newest.map((session) => liveView(session, now)),
      total: live.length,
      silentAllowed: this.#settings.silentObservers,
    };
  }

  async logout(token: string, role: Role, { reason, fidelity }: LogoutBody = {}): Promise<string> {
    const { sessionId, number } = await this.#seats.of(token, role);
    const session = this.#session(sessionId);
    if (session.record.closed) return sessionId;
    if (role === "agent" && fidelity) session.compared(number, fidelity);
    if (session.has(number)) session.apply({ t: "session.leave", by: number, ...(reason ? { reason } : {}) });
    else if (session.record.reserved?.number === number) session.apply({ t: "session.cancel" });
    await session.settled();
    return sessionId;
  }

  async status(token: string, role: Role): Promise<StatusAnswer> {
    const { sessionId, number } = await this.#seats.of(token, role);
    const session = this.#session(sessionId);
    const { reserved, closed } = session.record;
    // Who has left has no business here any more; the agent of a two-step session has yet to come.
    if (!session.has(number) && reserved?.number !== number && !closed)
      throw new CataloguedError("TOKEN_INVALID");
    return { session: session.view(number), you: number };
  }

  async seated(token: string): Promise<string | undefined> {
    const seat = await this.#seats.find(token);
    return seat && `seat ${seat.sessionId} ${seat.number}`;
  }

  /**
   * Connects a participant's socket to its session; `listener` hears every change from here on.
   * @param hello `page`: the number that the customer's page was given before
   */
  async attach(
    hello: { token: string; page?: number },
    role: Role,
    listener: SessionListener,
  ): Promise<Attachment> {
    const { sessionId, number } = await this.#seats.of(hello.token, role);
    const session = this.#session(sessionId);
    if (session.record.closed) throw new CataloguedError("SESSION_CLOSED");
    if (!session.has(number)) throw new CataloguedError("NOT_JOINED");
    const { page = session.record.nextPage } = hello;
    // Its own coming is not told to who comes.
    session.apply({ t: "connect", by: number, ...(hello.page === undefined ? {} : { page }) });
    session.listen(number, listener);
    // What was decided before is told first: a welcome must not say more than what is stored.
    try {
      await session.settled();
    } catch (error) {
      session.unlisten(number, listener);
      throw error;
    }
    return attachmentTo(session, {
      number,
      page: role === "customer" ? page : undefined,
      listener,
      invite: (part, silent) => this.#invite(session, number, part, silent),
    });
  }

  async end(id: string, who: string): Promise<boolean> {
    const session = this.#sessions.get(id);
    if (!session || session.record.closed) return false;
    session.end(who);
    await session.settled();
    return true;
  }

  /** Lets every session go on by the site's policy as it is now. */
  policyChanged(): void {
    for (const session of this.#sessions.open) session.policyChanged();
  }

  /**
   * Nothing can be started any more. Where sessions do not outlive the server, each ends and both parties are told;
   * else everybody is sent to where it goes on.
   * @param stopped is called when all is stored, before anybody is sent away
   */
  async shutdown(outlived: boolean, stopped?: () => Promise<void>): Promise<void> {
    this.#new.close();
    await this.#sessions.stop(outlived, stopped);
  }

  /** Stores what is not stored yet. */
  close(): Promise<void> {
    return this.#sessions.close();
  }

  async #invite(session: LiveSession, by: number, part: InvitedPart, silent: boolean): Promise<Invite> {
    const key = await this.#seats.newKey("invitation", session.id);
    try {
      session.apply({ t: "invite.create", by, key, part, silent });
    } catch (error) {
      await this.#directory.release("invitation", key);
      throw error;
    }
    await session.settled();
    return { key: formatPassphrase(key), expiresInMs: this.#settings.inviteTtlMs };
  }

  /** Somebody comes in by a command of the rules, with a token of their own. */
  async #enter(
    session: LiveSession,
    command: SessionCommand,
    number = session.record.nextNumber,
  ): Promise<Ticket> {
    const { token, seat } = this.#seats.newSeat(number);
    session.apply(command, seat);
    await this.#seats.open(session.id, seat);
    await session.settled();
    return { session: session.view(number), you: number, token };
  }

  /** The session that a passphrase joins, if it was made by the other side. */
  async #waiting(digits: string, initiator: Role): Promise<LiveSession> {
    const session = await this.#byKey("passphrase", digits);
    if (session?.record.initiator !== initiator) throw new CataloguedError("PASSPHRASE_UNKNOWN");
    return session;
  }

  async #byKey(kind: KeyKind, digits: string): Promise<LiveSession | undefined> {
    const id = await this.#directory.find(kind, digits);
    return id === undefined ? undefined : this.#sessions.get(id);
  }

  /** The session of a seat. It is gone only where another server has just taken it up. */
  #session(id: string): LiveSession {
    const session = this.#sessions.get(id);
    if (!session) throw shuttingDown();
    return session;
  }

  /** A stored session can be found by its keys and seats from here on. */
  async #found({ record, seats, who = [] }: StoredSession): Promise<void> {
    this.#waits.goOn(record, who);
    await this.#directory.restore(record);
    for (const seat of seats) await this.#seats.open(record.id, seat);
  }
}
