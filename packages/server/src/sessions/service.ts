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
} from "@copane/protocol";
import {
  createByAgent,
  createByCustomer,
  liveView,
  type SessionCommand,
  type SessionRecord,
  type SessionSettings,
} from "../rules/index.ts";
import { attachmentTo } from "./attach.ts";
import type { Attachment } from "./attachment.ts";
import type { Directory, KeyKind } from "./directory.ts";
import type { SessionHooks } from "./hooks.ts";
import { type LiveSession, type SessionListener, shuttingDown } from "./live-session.ts";
import { LiveSessions } from "./live-sessions.ts";
import { Seats } from "./seats.ts";
import { newSessionId } from "./secrets.ts";
import type { SessionStore } from "./session-store.ts";
import { type Answerable, WaitingSessions } from "./waiting.ts";

export interface SessionServiceOptions {
  directory: Directory;
  store: SessionStore;
  settings: ServiceSettings;
  hooks: SessionHooks;
  log: { info(data: object, message: string): void; error(data: object, message: string): void };
}

/** The rules' settings, and how much one side may hold open. */
export interface ServiceSettings extends SessionSettings {
  /** Sessions of one network, or one agent, that wait for the other side. */
  maxWaiting: number;
  /** Digits of a new key. */
  keyDigits: number;
}

/** The list shows the newest of more sessions than these. */
const MOST_LISTED = 500;

/**
 * What REST routes and sockets ask of sessions. It finds the session that is meant, and lets the rules decide.
 * Every method throws, or rejects with, CataloguedError when the rules or the secrets forbid it.
 */
export class SessionService {
  readonly #settings: SessionSettings;
  readonly #directory: Directory;
  readonly #seats: Seats;
  readonly #sessions: LiveSessions;
  readonly #waits: WaitingSessions;
  #closing = false;

  constructor({ directory, store, settings, hooks, log }: SessionServiceOptions) {
    this.#settings = settings;
    this.#directory = directory;
    this.#seats = new Seats(directory, () => settings.keyDigits);
    this.#waits = new WaitingSessions(settings);
    this.#sessions = new LiveSessions({
      store,
      settings,
      hooks,
      log,
      changed: (session) => {
        directory.put(session);
        this.#waits.follow(session);
      },
      forgotten: (id) => {
        this.#waits.remove(id);
        directory.remove(id);
      },
    });
  }

  /**
   * Goes on with the sessions that an earlier start of this server left. Gives the ids of those that are known again.
   * Nobody may ask for a session before: a token that is not known yet would be taken for a wrong one.
   */
  takeUp(): Promise<string[]> {
    return this.#sessions.takeUp(async ({ record, seats }) => {
      await this.#directory.restore(record);
      for (const seat of seats) await this.#seats.open(record.id, seat);
    });
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

  /** `networks`: where the customer comes from. */
  async createByCustomer(wish: {
    name: string;
    locale?: string | undefined;
    networks: Answerable;
  }): Promise<Ticket> {
    const { name, locale, networks } = wish;
    const given = { ...(await this.#fresh(networks, "customer")), name, locale };
    return this.#created(createByCustomer(given, this.#settings), CUSTOMER_NUMBER, networks);
  }

  async createByAgent(wish: {
    agentId: string;
    name: string;
    locale?: string | undefined;
    autojoin: boolean;
  }): Promise<Ticket> {
    const { agentId, name, locale, autojoin } = wish;
    const who = [{ name: `agent ${agentId}`, times: 1 }];
    const given = { ...(await this.#fresh(who, "agent")), name, locale, agentId, autojoin };
    return this.#created(createByAgent(given, this.#settings), 1, who);
  }

  /** Takes back a session that nobody was told of. */
  async withdraw(id: string): Promise<void> {
    const session = this.#sessions.get(id);
    if (!session || session.record.closed) return;
    session.apply({ t: "session.cancel" });
    // What cannot be stored now is told later; who asked for the session has an error either way.
    await session.settled().catch(() => {});
  }

  async joinByCustomer(wish: { name: string; passphrase: string }): Promise<Ticket> {
    const session = await this.#waiting(wish.passphrase, "agent");
    return this.#enter(session, { t: "customer.join", name: wish.name }, CUSTOMER_NUMBER);
  }

  /** Second step of an agent's session; may be repeated. */
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

  /** A colleague comes in by an invitation, which is then used up. */
  async joinInvited(wish: { agentId: string; name: string; key: string }): Promise<Ticket> {
    const session = await this.#byKey("invitation", wish.key);
    if (!session) throw new CataloguedError("INVITE_UNKNOWN");
    return this.#enter(session, { t: "invite.join", ...wish });
  }

  /** A supervisor joins any live session. */
  async supervise(wish: {
    agentId: string;
    name: string;
    sessionId: string;
    silent: boolean;
  }): Promise<Ticket> {
    const session = this.#sessions.get(wish.sessionId);
    if (!session || session.record.closed) throw new CataloguedError("SESSION_UNKNOWN");
    const { agentId, name, silent } = wish;
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

  /**
   * Leaves, and so ends the session; before the second step it cancels the key. A closed session stays closed.
   * Gives the session's id.
   */
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

  /** Whom a token stands for, as a name that no other seat has; undefined when it is nobody's. */
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

  /** Ends a session from outside, for everybody in it; false when there is none. `who` stands in the audit. */
  async end(id: string, who: string): Promise<boolean> {
    const session = this.#sessions.get(id);
    if (!session || session.record.closed) return false;
    session.end(who);
    await session.settled();
    return true;
  }

  /** Lets every session go on by the site's policy as it is now. */
  policyChanged(): void {
    for (const session of this.#sessions.open) session.apply({ t: "policy.change" });
  }

  /**
   * Nothing can be started any more. Where sessions do not outlive the server, each ends and both parties are told;
   * else everybody is sent to where it goes on.
   */
  async shutdown(outlived: boolean): Promise<void> {
    this.#closing = true;
    await this.#sessions.stop(outlived);
  }

  /** Stores what is not stored yet. */
  close(): Promise<void> {
    return this.#sessions.close();
  }

  async #fresh(who: Answerable, initiator: Role): Promise<{ id: string; passphrase: string; now: number }> {
    this.#assertOpen();
    this.#waits.check(who, initiator);
    if (this.#sessions.size >= this.#settings.maxSessions) throw new CataloguedError("TOO_MANY_SESSIONS");
    const id = newSessionId();
    return { id, passphrase: await this.#seats.newKey("passphrase", id), now: Date.now() };
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

  #assertOpen(): void {
    if (this.#closing) throw shuttingDown();
    // What cannot be stored could not be told.
    if (this.storing.failing) throw new CataloguedError("STORE_UNAVAILABLE");
  }

  async #created(record: SessionRecord, number: number, who: Answerable): Promise<Ticket> {
    this.#assertOpen();
    this.#waits.add(record, who);
    const { token, seat } = this.#seats.newSeat(number);
    const session = this.#sessions.begin(record, seat);
    try {
      await session.settled();
    } catch (error) {
      void this.withdraw(record.id);
      throw error;
    }
    await this.#seats.open(record.id, seat);
    const { passphrase } = record;
    return {
      session: session.view(number),
      you: number,
      token,
      ...(passphrase ? { passphrase: formatPassphrase(passphrase) } : {}),
      passphraseExpiresInMs: this.#settings.passphraseTtlMs,
    };
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

  #session(id: string): LiveSession {
    const session = this.#sessions.get(id);
    if (!session) throw new CataloguedError("TOKEN_INVALID");
    return session;
  }
}
