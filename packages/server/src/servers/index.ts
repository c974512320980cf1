import type { Role } from "@copane/protocol";
import type { OpenSharedAllowance } from "../auth/shared-allowance.ts";
import { SharedSessionStore } from "../live-store/index.ts";
import type { CarriedConnection, Elsewhere, Link } from "../relay/index.ts";
import type { Directory, SessionService, Sessions } from "../sessions/index.ts";
import type { Database } from "../store/index.ts";
import { Calls } from "./calls.ts";
import { OtherLeases, ServerLease } from "./lease.ts";
import { ServerLine } from "./line.ts";
import type { Parcel } from "./packet.ts";
import { Pipes, type SocketWord } from "./pipes.ts";
import { connectRedis, type Redis } from "./redis.ts";
import { RedisAllowance } from "./shared-allowance.ts";
import { SharedDirectory } from "./shared-directory.ts";
import { SharedSessions } from "./shared-sessions.ts";
import { RedisWaiting, STILL_WAITS_MS } from "./shared-waiting.ts";

export { inspectRedis, type RedisState } from "./inspect.ts";

/** How often it is looked whether the servers live with which this one shares sessions. */
const LOOK_MS = 250;
/** How often it is looked for sessions that a dead server left and nobody asked for. */
const DESERTED_MS = 1_000;
/** Of a dead server's sessions so many are taken up at a time, so that all who are left get some. */
const DESERTED_AT_ONCE = 25;
/** What the others find this server's sessions by is renewed this often. */
const TELL_MS = 300_000;

type Log = {
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
};

export interface ServersOptions {
  redisUrl: string;
  database: Database;
  /** The name of the machine. */
  host: string;
  /** The same at all servers: by it they count networks that nobody knows by their names in Redis. */
  secret: Uint8Array;
  log: Log;
}

/** What is only there once sessions and sockets are. */
export interface Joined {
  own: SessionService;
  /** Seats a participant whose socket another server holds. */
  seat(link: Link, role: Role): CarriedConnection;
  /** Resolves once all that has happened in a session is in the audit. */
  stored(sessionId: string): Promise<void>;
}

/** This server among several that work together: its lease, its line to the others, and the sessions of all. */
export class Servers implements Elsewhere {
  readonly store: SharedSessionStore;
  readonly directory: Directory;
  /** What strangers and agents may spend at all servers together. */
  readonly allowance: OpenSharedAllowance;
  readonly waiting: RedisWaiting;
  readonly #log: Log;
  readonly #redis: Redis;
  readonly #lease: ServerLease;
  readonly #others: OtherLeases;
  readonly #line: ServerLine;
  readonly #calls: Calls;
  readonly #pipes: Pipes;
  readonly #shared: SharedDirectory;
  readonly #timers: ReturnType<typeof setInterval>[] = [];
  #joined: Joined | undefined;
  #sessions: SharedSessions | undefined;
  #busy = false;

  private constructor(redis: Redis, { database, host, secret, log }: ServersOptions) {
    this.#log = log;
    this.#redis = redis;
    this.allowance = (name, limits, records) => new RedisAllowance({ redis, secret, name, limits, records });
    this.waiting = new RedisWaiting(redis);
    this.#line = new ServerLine({
      redis,
      log,
      hear: (from, parcel) => this.#hear(from, parcel),
      broken: (server) => this.#broken(server),
    });
    this.#lease = new ServerLease({
      redis,
      database,
      host,
      log,
      named: (name) => this.#line.open(name),
      lost: () => {
        this.#joined?.own.lost();
        this.#broken(undefined);
      },
    });
    this.#others = new OtherLeases(redis, database);
    this.#calls = new Calls((server, question) => this.#line.send(server, { kind: "json", value: question }));
    this.#pipes = new Pipes({
      send: (server, parcel) => void this.#line.send(server, parcel),
      has: (id) => this.#joined?.own.has(id) ?? false,
      seat: (link, role) => (this.#joined as Joined).seat(link, role),
    });
    this.store = new SharedSessionStore(database, () => this.#lease.name);
    this.directory = this.#shared = new SharedDirectory(redis, (value) => this.store.holding(value));
    redis.onChange((connected) => {
      // It may have come back empty. What cannot be told now is told when it is there again.
      if (connected) this.#tellAll().catch(() => {});
    });
  }

  /** Joins the others. Rejects when Redis or the database cannot be used. */
  static async open(options: ServersOptions): Promise<Servers> {
    const redis = await connectRedis(options.redisUrl, options.log);
    const servers = new Servers(redis, options);
    try {
      await servers.#lease.open();
    } catch (error) {
      await redis.close();
      throw new Error(`The Redis that COPANE_REDIS_URL names cannot be used (${(error as Error).message}).`);
    }
    return servers;
  }

  /** Whether this server may decide right now. */
  get deciding(): boolean {
    return this.#lease.holds;
  }

  /** Why no requests should come here; undefined when they may. */
  get unready(): string | undefined {
    if (!this.#lease.holds) return "no lease";
    return this.#lease.together ? undefined : "redis unavailable";
  }

  /** Sockets that are held here and decided elsewhere (`carried`), and the other way round (`seated`). */
  get counts(): { carried: number; seated: number; together: boolean } {
    return { ...this.#pipes.counts, together: this.#lease.together };
  }

  /** From here on the others may ask for sessions of this server. */
  join(joined: Joined, log: Log): Sessions {
    this.#joined = joined;
    this.#sessions = new SharedSessions({
      ...joined,
      directory: this.directory,
      store: this.store,
      lease: this.#lease,
      others: this.#others,
      calls: this.#calls,
      log,
    });
    this.#every(LOOK_MS, () => this.#look());
    this.#every(DESERTED_MS, () => this.#takeUpDeserted());
    this.#every(TELL_MS, () => this.#tellAll());
    this.#every(STILL_WAITS_MS, () => joined.own.tellWaiting());
    return this.#sessions;
  }

  async find(token: string, role: Role) {
    return this.#sessions?.place(token, role);
  }

  carry(...args: Parameters<Elsewhere["carry"]>) {
    return this.#pipes.carry(...args);
  }

  /** Gives the sessions back, so that others take them up at once. */
  release(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    return this.#lease.close();
  }

  async close(): Promise<void> {
    await this.release();
    this.#pipes.close();
    await this.#redis.close();
  }

  #every(ms: number, work: () => Promise<unknown>): void {
    this.#timers.push(setInterval(() => void work().catch(() => {}), ms).unref());
  }

  #hear(from: string, parcel: Parcel): void {
    if (parcel.kind === "up") this.#pipes.up(from, parcel.socket, parcel.data);
    else if (parcel.kind === "down") this.#pipes.down(from, parcel.sockets, parcel.data);
    else this.#hearWord(from, parcel.value as SocketWord | Parameters<Calls["answered"]>[0] | { q: number });
  }

  #hearWord(from: string, word: object): void {
    if ("a" in word) this.#calls.answered(word as Parameters<Calls["answered"]>[0]);
    else if ("q" in word) void this.#answer(from, word as Parameters<SharedSessions["answer"]>[0]);
    else this.#pipes.hear(from, word as SocketWord);
  }

  async #answer(from: string, question: Parameters<SharedSessions["answer"]>[0]): Promise<void> {
    const answer = this.#sessions
      ? await this.#sessions.answer(question)
      : { a: question.q, elsewhere: true };
    void this.#line.send(from, { kind: "json", value: answer });
  }

  #broken(server: string | undefined): void {
    this.#calls.broken(server);
    this.#pipes.broken(server);
  }

  /** Of a server that is no more nothing is to be expected, and who is here comes to who decides now. */
  async #look(): Promise<void> {
    for (const server of new Set([...this.#pipes.servers, ...this.#calls.servers])) {
      if (await this.#others.isAlive(server)) continue;
      this.#line.forget(server);
      this.#broken(server);
    }
  }

  async #takeUpDeserted(): Promise<void> {
    if (this.#busy || !this.#lease.holds) return;
    this.#busy = true;
    try {
      const sessions = (await this.#sessions?.takeUpDeserted(DESERTED_AT_ONCE)) ?? 0;
      if (sessions > 0) this.#log.info({ sessions }, "sessions of a dead server taken up");
    } finally {
      this.#busy = false;
    }
  }

  async #tellAll(): Promise<void> {
    await this.#joined?.own.tellWaiting();
    for (const session of this.#joined?.own.stored() ?? []) await this.#shared.tell(session);
  }
}
