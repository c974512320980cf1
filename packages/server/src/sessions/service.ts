import {
  CataloguedError,
  CUSTOMER_NUMBER,
  formatPassphrase,
  type LiveSessionsAnswer,
  type Role,
  type SessionEvent,
  type SessionView,
  type StatusAnswer,
  type Ticket,
} from "@copane/protocol";
import {
  apply,
  createByAgent,
  createByCustomer,
  liveView,
  nextDeadline,
  refusal,
  type SessionCommand,
  type SessionHappening,
  type SessionRecord,
  type SessionSettings,
  viewOf,
} from "../rules/index.ts";
import type { Attachment } from "./attachment.ts";
import { MemoryRegistry, type Seat, type SessionRegistry } from "./registry.ts";
import { hashToken, newPassphrase, newSessionId, newToken } from "./secrets.ts";

/** Something worth an audit row: no content, no secrets. */
export interface SessionAuditRecord {
  /** As it is after the event. */
  session: SessionRecord;
  /** `session.ended`: somebody with the right to it, named in `detail`, ended it from outside. */
  event: SessionEvent | "session.ended";
  /** Number of the participant who caused it. */
  by?: number;
  /** Milliseconds since 1970. */
  at: number;
  /** What was asked for, from whom to whom, and the like; words and numbers of the protocol only. */
  detail?: string;
}

/** Takes what a participant's connection must be told. */
export interface SessionListener {
  event(event: SessionEvent, by: number | undefined, session: SessionView): void;
}

export interface SessionServiceOptions {
  settings: SessionSettings;
  log: { info(data: object, message: string): void };
  /** Milliseconds since 1970; for tests. */
  clock?: () => number;
  onEvent?: (record: SessionAuditRecord) => void;
}

/** The list shows the newest of more sessions than these. */
const MOST_LISTED = 500;

/** A closed session stays known for a little, so that both sides learn why it ended. */
const TOMBSTONE_MS = 60_000;

/**
 * The sessions of this server: the rules, with what is not pure around them (tokens, keys, time).
 * Every method throws CataloguedError when the rules or the secrets forbid it.
 */
export class SessionService {
  readonly #settings: SessionSettings;
  readonly #log: SessionServiceOptions["log"];
  readonly #clock: () => number;
  readonly #onEvent: (record: SessionAuditRecord) => void;
  readonly #registry: SessionRegistry = new MemoryRegistry();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #listeners = new Map<string, Map<number, SessionListener>>();
  #closing = false;

  constructor(options: SessionServiceOptions) {
    this.#settings = options.settings;
    this.#log = options.log;
    this.#clock = options.clock ?? Date.now;
    this.#onEvent = options.onEvent ?? (() => {});
  }

  get counts(): { sessions: number; participants: number } {
    let sessions = 0;
    let participants = 0;
    for (const id of this.#registry.ids()) {
      const session = this.#registry.get(id);
      if (!session || session.closed) continue;
      sessions++;
      participants += session.participants.length;
    }
    return { sessions, participants };
  }

  createByCustomer(wish: { name: string; locale?: string | undefined }): Ticket {
    const session = createByCustomer(
      { ...this.#fresh(), name: wish.name, locale: wish.locale },
      this.#settings,
    );
    return this.#created(session, CUSTOMER_NUMBER);
  }

  createByAgent(wish: {
    agentId: string;
    name: string;
    locale?: string | undefined;
    autojoin: boolean;
  }): Ticket {
    const { agentId, name, locale, autojoin } = wish;
    const given = { ...this.#fresh(), name, locale, agentId, autojoin };
    return this.#created(createByAgent(given, this.#settings), 1);
  }

  joinByCustomer(wish: { name: string; passphrase: string }): Ticket {
    const session = this.#waiting(wish.passphrase, "agent");
    this.#apply(session.id, { t: "customer.join", name: wish.name });
    return this.#ticket(session.id, CUSTOMER_NUMBER);
  }

  /** Second step of an agent's session; may be repeated. */
  joinByAgent(token: string): Ticket {
    const { sessionId, number } = this.#seat(token, "agent");
    this.#apply(sessionId, { t: "agent.join" });
    return { ...this.status(token, "agent"), you: number, token };
  }

  joinLive(wish: { agentId: string; name: string; passphrase: string }): Ticket {
    const session = this.#waiting(wish.passphrase, "customer");
    const { nextNumber } = session;
    this.#apply(session.id, { t: "agent.live.join", name: wish.name, agentId: wish.agentId });
    return this.#ticket(session.id, nextNumber);
  }

  /** A colleague comes in by an invitation, which is then used up. */
  joinInvited(wish: { agentId: string; name: string; key: string }): Ticket {
    const session = this.#registry.byInvite(wish.key);
    if (!session) throw new CataloguedError("INVITE_UNKNOWN");
    const { nextNumber } = session;
    this.#apply(session.id, { t: "invite.join", ...wish });
    return this.#ticket(session.id, nextNumber);
  }

  /** A supervisor joins any live session. */
  supervise(wish: { agentId: string; name: string; sessionId: string; silent: boolean }): Ticket {
    const session = this.#registry.get(wish.sessionId);
    if (!session || session.closed) throw new CataloguedError("SESSION_UNKNOWN");
    const { agentId, name, silent } = wish;
    const { nextNumber } = session;
    this.#apply(session.id, { t: "supervisor.join", agentId, name, silent });
    return this.#ticket(session.id, nextNumber);
  }

  /** The sessions under way, newest first, for who oversees them. */
  live(): LiveSessionsAnswer {
    const now = this.#clock();
    const live = this.#registry
      .ids()
      .flatMap((id) => this.#registry.get(id) ?? [])
      .filter(({ closed }) => !closed)
      .sort((a, b) => b.createdAt - a.createdAt);
    return {
      sessions: live.slice(0, MOST_LISTED).map((session) => liveView(session, now)),
      total: live.length,
      silentAllowed: this.#settings.silentObservers,
    };
  }

  /** Leaves, and so ends the session; before the second step it cancels the key. A closed session stays closed. */
  logout(token: string, role: Role, reason?: string): void {
    const { sessionId, number } = this.#seat(token, role);
    const session = this.#session(sessionId);
    if (session.closed) return;
    const joined = session.participants.some((one) => one.number === number);
    if (!joined && session.reserved?.number !== number) return;
    if (!joined) this.#apply(sessionId, { t: "session.cancel" });
    else this.#apply(sessionId, { t: "session.leave", by: number, ...(reason ? { reason } : {}) });
  }

  status(token: string, role: Role): StatusAnswer {
    const { sessionId, number } = this.#seat(token, role);
    const session = this.#session(sessionId);
    const seated = session.participants.some((one) => one.number === number);
    // Who has left has no business here any more; the agent of a two-step session has yet to come.
    if (!seated && session.reserved?.number !== number && !session.closed)
      throw new CataloguedError("TOKEN_INVALID");
    return { session: this.#view(session, number), you: number };
  }

  /**
   * Connects a participant's socket to its session; `listener` hears every change from here on.
   * @param hello `page`: the number that the customer's page was given before
   */
  attach(hello: { token: string; page?: number }, role: Role, listener: SessionListener): Attachment {
    const { sessionId, number } = this.#seat(hello.token, role);
    const session = this.#session(sessionId);
    if (session.closed) throw new CataloguedError("SESSION_CLOSED");
    if (!session.participants.some((one) => one.number === number)) throw new CataloguedError("NOT_JOINED");
    let listeners = this.#listeners.get(sessionId);
    if (!listeners) {
      listeners = new Map();
      this.#listeners.set(sessionId, listeners);
    }
    const of = listeners;
    const { page = session.nextPage } = hello;
    this.#apply(sessionId, { t: "connect", by: number, ...(hello.page === undefined ? {} : { page }) });
    of.set(number, listener);
    return {
      sessionId,
      number,
      page: role === "customer" ? page : undefined,
      view: () => this.#view(this.#session(sessionId), number),
      refusal: (route, flags) => {
        const now = this.#registry.get(sessionId);
        return now ? refusal(now, number, { route, flags }, this.#clock(), this.#settings) : "drop";
      },
      command: (command) => this.#apply(sessionId, { ...command, by: number }),
      invite: (part, silent) => {
        const key = newPassphrase((digits) => this.#registry.byInvite(digits) !== undefined);
        this.#apply(sessionId, { t: "invite.create", by: number, key, part, silent });
        return { key: formatPassphrase(key), expiresInMs: this.#settings.inviteTtlMs };
      },
      detach: () => {
        if (of.get(number) !== listener) return;
        of.delete(number);
        const now = this.#registry.get(sessionId);
        const seated = now?.participants.some((one) => one.number === number);
        if (seated && !now?.closed) this.#apply(sessionId, { t: "disconnect", by: number });
      },
    };
  }

  /** Ends a session from outside, for everybody in it; false when there is none. `who` stands in the audit. */
  end(id: string, who: string): boolean {
    const session = this.#registry.get(id);
    if (!session || session.closed) return false;
    this.#onEvent({ session, event: "session.ended", at: this.#clock(), detail: who });
    this.#apply(id, { t: "session.cancel" });
    return true;
  }

  /** Lets every session go on by the site's policy as it is now. */
  policyChanged(): void {
    for (const id of this.#registry.ids()) {
      if (!this.#registry.get(id)?.closed) this.#apply(id, { t: "policy.change" });
    }
  }

  /** A session as it is now, for the audit of what its customer does. */
  record(id: string): SessionRecord | undefined {
    return this.#registry.get(id);
  }

  /** Ends every session and tells both parties; nothing can be started afterwards. */
  shutdown(): void {
    this.#closing = true;
    for (const id of this.#registry.ids()) {
      if (!this.#registry.get(id)?.closed) this.#apply(id, { t: "session.shutdown" });
    }
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #fresh(): { id: string; passphrase: string; now: number } {
    if (this.#closing) throw new CataloguedError("SHUTTING_DOWN");
    if (this.#registry.size >= this.#settings.maxSessions) throw new CataloguedError("TOO_MANY_SESSIONS");
    const passphrase = newPassphrase((digits) => this.#registry.byPassphrase(digits) !== undefined);
    return { id: newSessionId(), passphrase, now: this.#clock() };
  }

  #created(session: SessionRecord, number: number): Ticket {
    this.#registry.put(session);
    this.#tell(session, [{ event: "session.created", by: number }]);
    this.#schedule(session);
    const { passphrase } = session;
    return {
      ...this.#ticket(session.id, number),
      ...(passphrase ? { passphrase: formatPassphrase(passphrase) } : {}),
      passphraseExpiresInMs: this.#settings.passphraseTtlMs,
    };
  }

  #ticket(sessionId: string, number: number): Ticket {
    const token = newToken();
    this.#registry.putSeat(hashToken(token), { sessionId, number });
    return { session: this.#view(this.#session(sessionId), number), you: number, token };
  }

  /** The session that a key joins, if it was made by the other side. */
  #waiting(digits: string, initiator: Role): SessionRecord {
    const session = this.#registry.byPassphrase(digits);
    if (session?.initiator !== initiator) throw new CataloguedError("PASSPHRASE_UNKNOWN");
    return session;
  }

  #seat(token: string, role: Role): Seat {
    const seat = this.#registry.seat(hashToken(token));
    if (!seat) throw new CataloguedError("TOKEN_INVALID");
    if ((seat.number === CUSTOMER_NUMBER ? "customer" : "agent") !== role)
      throw new CataloguedError("WRONG_ROLE");
    return seat;
  }

  #session(id: string): SessionRecord {
    const session = this.#registry.get(id);
    if (!session) throw new CataloguedError("TOKEN_INVALID");
    return session;
  }

  #view(session: SessionRecord, number: number): SessionView {
    return viewOf(session, number, this.#clock(), this.#settings);
  }

  #apply(id: string, command: SessionCommand): void {
    const { session, happened } = apply(this.#session(id), command, this.#clock(), this.#settings);
    this.#registry.put(session);
    this.#tell(session, happened);
    this.#schedule(session);
  }

  #tell(session: SessionRecord, happened: readonly SessionHappening[]): void {
    for (const { event, by, detail, silent } of happened) {
      const closeCode = session.closed?.code;
      const about = {
        event,
        ...(by === undefined ? {} : { by }),
        ...(detail ? { detail: words(detail) } : {}),
      };
      const { id: sessionId } = session;
      this.#log.info({ sessionId, ...about, ...(closeCode ? { closeCode } : {}) }, "session event");
      this.#onEvent({ session, ...about, at: this.#clock() });
      for (const [number, listener] of [...(this.#listeners.get(session.id) ?? [])]) {
        if (silent && number === CUSTOMER_NUMBER) continue;
        listener.event(event, by, this.#view(session, number));
      }
    }
  }

  #schedule(session: SessionRecord): void {
    const { id } = session;
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    const deadline = nextDeadline(session, this.#settings) ?? this.#clock() + TOMBSTONE_MS;
    if (this.#closing) return;
    // Longer waits than a timer can hold are cut; the tick then finds nothing due and waits again.
    const wait = Math.min(Math.max(deadline - this.#clock(), 0), 2 ** 31 - 1);
    const timer = setTimeout(() => this.#due(id), wait);
    timer.unref();
    this.#timers.set(id, timer);
  }

  #due(id: string): void {
    const session = this.#registry.get(id);
    if (!session) return;
    if (!session.closed) this.#apply(id, { t: "tick" });
    else {
      this.#registry.delete(id);
      this.#listeners.delete(id);
      this.#timers.delete(id);
    }
  }
}

/** `level=full forMs=600000`: one line for the log and the audit. */
function words(detail: NonNullable<SessionHappening["detail"]>): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");
}
