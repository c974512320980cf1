import {
  CataloguedError,
  type LiveSessionsAnswer,
  type Role,
  type Ticket,
  type WaitingAnswer,
} from "@copane/protocol";
import type { SharedSessionStore } from "../live-store/index.ts";
import type { Place } from "../relay/index.ts";
import {
  type Directory,
  hashToken,
  type SessionService,
  type Sessions,
  STORED_FORMAT,
  type WaitingQuery,
} from "../sessions/index.ts";
import { type Answer, answer, apart, type Calls, NotHere, type Question } from "./calls.ts";
import type { OtherLeases, ServerLease } from "./lease.ts";

/** A session's server is looked for so long: it may have died a moment ago, and its lease has to end. */
const FIND_MS = 5_000;
const LOOK_AGAIN_MS = 50;
/** The list of sessions does not wait longer for one server. */
const LIST_MS = 2_000;
const MOST_LISTED = 500;
const HAND_OVER_MS = 1_000;
/** A session that was handed over to this server, without its hearing so, is taken up after this. */
const OWN_MS = 3_000;

/** Methods that another server may be asked for, about a session that it decides. */
type Asked =
  | "joinByCustomer"
  | "joinByAgent"
  | "joinLive"
  | "joinWaiting"
  | "joinInvited"
  | "supervise"
  | "logout"
  | "status"
  | "end";

const asked: ReadonlySet<string> = new Set<Asked>([
  "joinByCustomer",
  "joinByAgent",
  "joinLive",
  "joinWaiting",
  "joinInvited",
  "supervise",
  "logout",
  "status",
  "end",
]);

export interface SharedSessionsOptions {
  own: SessionService;
  directory: Directory;
  store: SharedSessionStore;
  lease: ServerLease;
  others: OtherLeases;
  calls: Calls;
  /** Resolves once all that has happened in a session is in the audit. */
  stored(sessionId: string): Promise<void>;
  log: { info(data: object, message: string): void; warn(data: object, message: string): void };
}

/**
 * The sessions of all servers: what is asked of one is done by the server that decides it. Where that one is no more,
 * this server takes the session up.
 */
export class SharedSessions implements Sessions {
  readonly #options: SharedSessionsOptions;
  readonly #takingUp = new Map<string, Promise<void>>();
  /** Sessions that only a newer version can take up, as was told last. */
  #newer = 0;

  constructor(options: SharedSessionsOptions) {
    this.#options = options;
  }

  async createByCustomer(wish: Parameters<Sessions["createByCustomer"]>[0]): Promise<Ticket> {
    this.#assertTogether();
    return this.#options.own.createByCustomer(wish);
  }

  async createByAgent(wish: Parameters<Sessions["createByAgent"]>[0]): Promise<Ticket> {
    this.#assertTogether();
    return this.#options.own.createByAgent(wish);
  }

  withdraw(id: string): Promise<void> {
    return this.#options.own.withdraw(id);
  }

  async joinByCustomer(wish: Parameters<Sessions["joinByCustomer"]>[0]): Promise<Ticket> {
    const id = await this.#options.directory.find("passphrase", wish.passphrase);
    return this.#at(id, "joinByCustomer", [wish], "PASSPHRASE_UNKNOWN");
  }

  async joinLive(wish: Parameters<Sessions["joinLive"]>[0]): Promise<Ticket> {
    const id = await this.#options.directory.find("passphrase", wish.passphrase);
    return this.#at(id, "joinLive", [wish], "PASSPHRASE_UNKNOWN");
  }

  async joinWaiting(wish: Parameters<Sessions["joinWaiting"]>[0]): Promise<Ticket> {
    if (!("reference" in wish)) return this.#at(wish.sessionId, "joinWaiting", [wish], "SESSION_UNKNOWN");
    const id = await this.#options.directory.find("reference", wish.reference);
    return this.#at(id, "joinWaiting", [wish], "REFERENCE_UNKNOWN");
  }

  async joinInvited(wish: Parameters<Sessions["joinInvited"]>[0]): Promise<Ticket> {
    const id = await this.#options.directory.find("invitation", wish.key);
    return this.#at(id, "joinInvited", [wish], "INVITE_UNKNOWN");
  }

  async joinByAgent(token: string): Promise<Ticket> {
    return this.#at(await this.#sessionOf(token), "joinByAgent", [token], "TOKEN_INVALID");
  }

  supervise(wish: Parameters<Sessions["supervise"]>[0]): Promise<Ticket> {
    return this.#at(wish.sessionId, "supervise", [wish], "SESSION_UNKNOWN");
  }

  async logout(...args: Parameters<Sessions["logout"]>): Promise<string> {
    return this.#at(await this.#sessionOf(args[0]), "logout", args, "TOKEN_INVALID");
  }

  async status(...args: Parameters<Sessions["status"]>): ReturnType<Sessions["status"]> {
    return this.#at(await this.#sessionOf(args[0]), "status", args, "TOKEN_INVALID");
  }

  seated(token: string): Promise<string | undefined> {
    return this.#options.own.seated(token);
  }

  async end(id: string, who: string): Promise<boolean> {
    const there = await this.#where(id);
    return there === "nowhere" ? false : this.#at(id, "end", [id, who], "SESSION_UNKNOWN");
  }

  async live(): Promise<LiveSessionsAnswer> {
    const mine = await this.#options.own.live();
    const all = [mine, ...(await this.#ofOthers<LiveSessionsAnswer>("live", []))];
    return {
      sessions: all
        .flatMap(({ sessions }) => sessions)
        .sort((a, b) => a.sinceMs - b.sinceMs)
        .slice(0, MOST_LISTED),
      total: all.reduce((sum, { total }) => sum + total, 0),
      silentAllowed: mine.silentAllowed,
    };
  }

  async waiting(query: WaitingQuery): Promise<WaitingAnswer> {
    const mine = await this.#options.own.waiting(query);
    const all = [mine, ...(await this.#ofOthers<WaitingAnswer>("waiting", [query]))];
    return {
      sessions: all
        .flatMap(({ sessions }) => sessions)
        .sort((a, b) => b.sinceMs - a.sinceMs)
        .slice(0, query.limit),
      total: all.reduce((sum, { total }) => sum + total, 0),
    };
  }

  /** What the other servers answer; what one does not answer in time is missing. */
  async #ofOthers<Answered>(method: "live" | "waiting", args: readonly unknown[]): Promise<Answered[]> {
    const { others, lease, calls } = this.#options;
    const names = (await others.living().catch(() => [])).filter((name) => name !== lease.name);
    const asking = names.map((name) =>
      calls.ask(name, undefined, method, args, LIST_MS).catch(() => undefined),
    );
    return (await Promise.all(asking)).filter((one) => one !== undefined) as Answered[];
  }

  /** For sockets: see `Elsewhere`. */
  async place(token: string, role: Role): Promise<Place | undefined> {
    const sessionId = await this.#sessionOf(token);
    if (sessionId === undefined) return undefined;
    let there = await this.#where(sessionId);
    // Every frame goes to or from the customer: where their socket is, it is best decided.
    if (typeof there !== "string" && role === "customer" && (await this.#handsOver(there.name, sessionId)))
      there = await this.#where(sessionId, 0);
    if (there === "nowhere") throw new CataloguedError("TOKEN_INVALID");
    return there === "here" ? undefined : { server: there.name, sessionId };
  }

  /** Whether a server gave up a session. Who is connected there is carried here from then on. */
  async #handsOver(server: string, sessionId: string): Promise<boolean> {
    const handed = this.#options.calls.ask(
      server,
      sessionId,
      "handOver",
      [this.#options.lease.name, STORED_FORMAT],
      HAND_OVER_MS,
    );
    return (await handed.catch(() => false)) === true;
  }

  /** Answers what another server asks. */
  answer(question: Question): Promise<Answer> {
    const { own, stored } = this.#options;
    const { session, method, args } = question;
    return answer(question, async () => {
      if (method === "live") return own.live();
      if (method === "waiting") return own.waiting(args[0] as WaitingQuery);
      if (session === undefined || !own.has(session)) throw new NotHere();
      if (method === "handOver") return this.#handOver(session, String(args[0]), Number(args[1] ?? 1));
      if (!asked.has(method)) throw new NotHere();
      const doing = (own[method as Asked] as (...args: readonly unknown[]) => Promise<unknown>)(...args);
      const done = await doing.catch((error) => {
        throw error.name === "SHUTTING_DOWN" ? new NotHere() : error;
      });
      // Whoever asked answers that it happened: so it must be stored.
      if (method !== "status") await stored(session);
      return done;
    });
  }

  /** Takes up what dead servers left, as far as nobody has asked for it yet. */
  async takeUpDeserted(most: number): Promise<number> {
    const { store, others, lease, own } = this.#options;
    let sessions = 0;
    for (const server of await store.deserted()) {
      if (!lease.holds || !(await others.declareDead(server))) continue;
      const name = lease.name;
      const taken = await store.takeUpFrom(server, { most });
      if (name !== lease.name || !lease.holds) return sessions;
      for (const { stored, lostAt } of taken) await own.goOn(stored, lostAt);
      sessions += taken.length;
      if (taken.length === 0) await this.#tellOfNewer();
    }
    return sessions;
  }

  async #tellOfNewer(): Promise<void> {
    const { store, log } = this.#options;
    const sessions = await store.newer();
    if (sessions > 0 && sessions !== this.#newer)
      log.warn(
        { sessions },
        "sessions wait that a newer version stored: only a server of that version goes on",
      );
    this.#newer = sessions;
  }

  /** @param reads what is stored in a newer format the other server could not read: it stays here */
  async #handOver(id: string, to: string, reads: number): Promise<boolean> {
    const { own, store } = this.#options;
    if (reads < STORED_FORMAT) return false;
    const given = await own.giveUp(id);
    if (!given) return false;
    try {
      await store.handOver(given, to);
      return true;
    } catch {
      await own.goOn(given, undefined);
      return false;
    }
  }

  /** Whether a session went to another server while it was asked here for something that was not done. */
  #handedOver(id: string, error: unknown): boolean {
    const { own, lease } = this.#options;
    return (error as Error).name === "SHUTTING_DOWN" && lease.holds && !own.has(id);
  }

  #assertTogether(): void {
    const { lease } = this.#options;
    // A key that the others do not know is of no use, and one that they gave could be given again.
    if (!lease.holds || !lease.together) throw apart();
  }

  async #sessionOf(token: string): Promise<string | undefined> {
    return (await this.#options.directory.seat(hashToken(token)))?.sessionId;
  }

  /** Has something done where a session is decided. */
  async #at<M extends Asked>(
    id: string | undefined,
    method: M,
    args: Parameters<Sessions[M]>,
    unknown: ConstructorParameters<typeof CataloguedError>[0],
  ): Promise<Awaited<ReturnType<Sessions[M]>>> {
    type Done = Awaited<ReturnType<Sessions[M]>>;
    if (id === undefined) throw new CataloguedError(unknown);
    for (const end = performance.now() + FIND_MS; ; ) {
      const there = await this.#where(id);
      if (there === "nowhere") throw new CataloguedError(unknown);
      try {
        if (there === "here")
          return await (this.#options.own[method] as (...args: Parameters<Sessions[M]>) => Promise<Done>)(
            ...args,
          );
        return (await this.#options.calls.ask(there.name, id, method, args)) as Done;
      } catch (error) {
        // Nothing was done: it is decided by another one by now, or soon.
        if (!(error instanceof NotHere) && !this.#handedOver(id, error)) throw error;
        if (performance.now() > end) throw apart();
        await pause();
      }
    }
  }

  /**
   * The server that decides a session; where it is no more, this one from here on.
   * @param ownMs what is stored under this server's name is under way to it for so long at most
   */
  async #where(id: string, ownMs = OWN_MS): Promise<"here" | "nowhere" | { name: string }> {
    const { own, store, lease, others } = this.#options;
    const ownAfter = performance.now() + ownMs;
    for (const end = performance.now() + FIND_MS; ; await pause()) {
      if (own.has(id)) return "here";
      const owner = await store.ownerOf(id).catch(() => {
        throw new CataloguedError("STORE_UNAVAILABLE");
      });
      if (owner === undefined) return "nowhere";
      if (owner === lease.name) {
        if (lease.holds && performance.now() >= ownAfter) await this.#takeUp(id, owner);
      } else {
        if (await others.isAlive(owner).catch(isApart)) return { name: owner };
        if (lease.holds && (await others.declareDead(owner).catch(isApart))) await this.#takeUp(id, owner);
      }
      if (own.has(id)) return "here";
      if (performance.now() > end) throw apart();
    }
  }

  #takeUp(id: string, owner: string): Promise<void> {
    let taking = this.#takingUp.get(id);
    if (!taking) {
      taking = this.#takeUpNow(id, owner).finally(() => this.#takingUp.delete(id));
      this.#takingUp.set(id, taking);
    }
    return taking;
  }

  async #takeUpNow(id: string, owner: string): Promise<void> {
    const { store, lease, own, log } = this.#options;
    const name = lease.name;
    const taken = owner === name ? await store.receive(id) : (await store.takeUpFrom(owner, { id }))[0];
    // Under a name that this server lost meanwhile it is the next one's to take up.
    if (!taken || name !== lease.name || !lease.holds) return;
    await own.goOn(taken.stored, taken.lostAt);
    log.info({ sessionId: id, from: owner }, "session taken up");
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
}

function isApart(): never {
  throw apart();
}
