import { randomBytes } from "node:crypto";
import type { Database } from "../store/index.ts";
import type { Redis } from "./redis.ts";

/** A server's word that it lives holds so long. */
const LEASE_MS = 2_000;
const RENEW_MS = 500;
/** A server stops deciding so much before others may take its sessions: clocks do not run alike. */
const MARGIN_MS = 100;
/** A dead server's name is kept in mind for a day: it may wake up. */
const DEAD_MS = 86_400_000;

const DEAD = "dead";
/** Renews a lease unless its server was declared dead. */
const renewScript = `if redis.call("get", KEYS[1]) == ARGV[1] then return 0 end
redis.call("set", KEYS[1], "alive", "px", ARGV[2]) return 1`;

export interface LeaseOptions {
  redis: Redis;
  database: Database;
  /** Of the machine; each start of a server there, and each new beginning, gets a name of its own from it. */
  host: string;
  log: { info(data: object, message: string): void; warn(data: object, message: string): void };
  /** This server has a new name: others are to reach it by that. Rejects when they cannot. */
  named(name: string): Promise<void>;
  /** This server decides nothing any more, as of now. */
  lost(): void;
}

/** One of the two places where a lease is kept. */
interface Half {
  /** Until when it holds, by this process's own clocks. */
  until: Moment;
  /** Since when it could not be renewed; undefined while it can. */
  failingSince: number | undefined;
}

interface Moment {
  steady: number;
  wall: number;
}

/**
 * A server's lease: as long as it holds, the sessions that are stored under the server's name are this server's to
 * decide, and nobody takes them up. It is kept in Redis and in the database, and holds while either could be renewed:
 * so neither's absence ends it. Whoever takes up a session has declared its server dead in both before, which only
 * succeeds where that lease is over; a server that was declared dead is told so by its next renewal.
 */
export class ServerLease {
  readonly #options: LeaseOptions;
  #name: string;
  #redis: Half = never();
  #database: Half = never();
  #timer: ReturnType<typeof setInterval> | undefined;
  #held = false;
  #closed = false;

  constructor(options: LeaseOptions) {
    this.#options = options;
    this.#name = newName(options.host);
  }

  /** Under which the server's sessions are stored, and by which the others reach it. */
  get name(): string {
    return this.#name;
  }

  /** Whether this server may decide right now. Asked before each decision and each frame. */
  get holds(): boolean {
    return this.#held && (holds(this.#redis) || holds(this.#database));
  }

  /** Whether the other servers can be reached, as far as is known. */
  get together(): boolean {
    return holds(this.#redis);
  }

  async open(): Promise<void> {
    await this.#begin();
    this.#timer = setInterval(() => void this.#renew(), RENEW_MS);
  }

  /** Gives the lease back: its sessions can be taken up at once. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await this.release();
  }

  /** The sessions of this name are nobody's from here on. */
  async release(): Promise<void> {
    this.#held = false;
    const { redis, database } = this.#options;
    await Promise.allSettled([
      redis.set(leaseKey(this.#name), DEAD, { ttlMs: DEAD_MS }),
      database.query(
        "update live_servers set dead = true, lease_until = clock_timestamp() where server = $1",
        [this.#name],
      ),
    ]);
  }

  async #begin(): Promise<void> {
    const { database, named } = this.#options;
    await named(this.#name);
    this.#redis = never();
    this.#database = never();
    // The database's word comes first: where it is missing nothing can be stored.
    await database.query(
      `insert into live_servers (server, alive_at, lease_until)
       values ($1, clock_timestamp(), clock_timestamp() + $2 * interval '1 millisecond')
       on conflict (server) do nothing`,
      [this.#name, LEASE_MS],
    );
    // Whoever has no row any more is as dead as whoever is called so.
    await database.query(
      `delete from live_servers where dead and alive_at < now() - interval '2 days'
       and not exists (select 1 from live_sessions where live_sessions.server = live_servers.server)`,
    );
    this.#held = true;
    await this.#renew();
  }

  async #renew(): Promise<void> {
    const name = this.#name;
    const from = moment();
    const [inRedis, inDatabase] = await Promise.all([
      this.#note(this.#redis, from, this.#renewInRedis(name)),
      this.#note(this.#database, from, this.#renewInDatabase(name)),
    ]);
    if (this.#closed || name !== this.#name || !this.#held) return;
    if (inRedis === "dead" || inDatabase === "dead") await this.#lose("declared dead");
    else if (!this.holds) await this.#lose("not renewed");
    else if (inDatabase === "apart") await this.#lose("cut off from Redis");
  }

  /** Undefined when it could not be asked. */
  async #note<T extends "renewed" | "dead" | "apart">(
    half: Half,
    from: Moment,
    renewing: Promise<T>,
  ): Promise<T | undefined> {
    try {
      const outcome = await renewing;
      half.failingSince = undefined;
      // Answers may come in another order than they were asked for.
      if (outcome !== "dead" && half.until.steady < from.steady + LEASE_MS - MARGIN_MS)
        half.until = later(from, LEASE_MS - MARGIN_MS);
      return outcome;
    } catch {
      half.failingSince ??= performance.now();
      return undefined;
    }
  }

  async #renewInRedis(name: string): Promise<"renewed" | "dead"> {
    const done = await this.#options.redis.run(renewScript, leaseKey(name), [DEAD, String(LEASE_MS)]);
    return done === 1 ? "renewed" : "dead";
  }

  /**
   * Notes besides whether Redis answers here. Where it has not for a whole lease, and does answer others, this server
   * is `apart`: what is wrong is on its side.
   */
  async #renewInDatabase(name: string): Promise<"renewed" | "dead" | "apart"> {
    const since = this.#redis.failingSince;
    const rows = await inTime(
      this.#options.database.query<{ others: boolean }>(
        `update live_servers set lease_until = clock_timestamp() + $2 * interval '1 millisecond',
           alive_at = clock_timestamp(), redis_at = case when $3 then clock_timestamp() else redis_at end
         where server = $1 and not dead
         returning exists (select 1 from live_servers other where other.server <> $1 and not other.dead
           and other.redis_at > clock_timestamp() - $2 * interval '0.5 millisecond') as others`,
        [name, LEASE_MS, since === undefined],
      ),
    );
    if (!rows[0]) return "dead";
    const apart = since !== undefined && performance.now() - since > LEASE_MS && rows[0].others;
    return apart ? "apart" : "renewed";
  }

  /** Nothing is decided any more; a new beginning under another name follows. */
  async #lose(reason: string): Promise<void> {
    const { log, lost, host } = this.#options;
    log.warn({ server: this.#name, reason }, "this server lost its lease");
    const released = this.release();
    this.#name = newName(host);
    lost();
    await released;
    this.#again();
  }

  /** Begins anew once both answer. */
  #again(): void {
    if (this.#closed) return;
    const retry = () => void setTimeout(() => this.#again(), RENEW_MS).unref();
    const { redis, log } = this.#options;
    redis
      .get(leaseKey(this.#name))
      .then(async () => {
        await this.#begin();
        log.info({ server: this.#name }, "this server has a lease again");
      })
      .catch(retry);
  }
}

/** What one needs to know of other servers' leases. */
export class OtherLeases {
  readonly #redis: Redis;
  readonly #database: Database;

  constructor(redis: Redis, database: Database) {
    this.#redis = redis;
    this.#database = database;
  }

  /** Whether a server may still decide, as far as Redis knows. Rejects when that cannot be asked. */
  async isAlive(name: string): Promise<boolean> {
    const state = await this.#redis.get(leaseKey(name));
    return state !== null && state !== DEAD;
  }

  /** Names of all servers that may decide, as far as the database knows. */
  async living(): Promise<string[]> {
    const rows = await this.#database.query<{ server: string }>(
      "select server from live_servers where not dead and lease_until > clock_timestamp()",
    );
    return rows.map(({ server }) => server);
  }

  /**
   * Declares a server dead, in both places and for good. False while its lease may hold in one of them. Rejects when
   * either cannot be asked.
   */
  async declareDead(name: string): Promise<boolean> {
    // A server alone, or of a version before, has no lease: it says every five seconds that it lives.
    // Looked at first: a Redis that was emptied knows of no lease, and a server that lives must not be declared dead.
    const over = "coalesce(lease_until, alive_at + interval '15 seconds') < clock_timestamp()";
    const [known] = await this.#database.query<{ over: boolean }>(
      `select dead or ${over} as over from live_servers where server = $1`,
      [name],
    );
    if (known && !known.over) return false;
    const key = leaseKey(name);
    const now = await this.#redis.set(key, DEAD, { ttlMs: DEAD_MS, onlyNew: true });
    if (!now && (await this.#redis.get(key)) !== DEAD) return false;
    await this.#database.query(
      `update live_servers set dead = true where server = $1 and not dead and ${over}`,
      [name],
    );
    const [row] = await this.#database.query<{ dead: boolean }>(
      "select dead from live_servers where server = $1",
      [name],
    );
    return row?.dead ?? true;
  }
}

function leaseKey(name: string): string {
  return `copane:lease:${name}`;
}

function newName(host: string): string {
  return `${host}/${randomBytes(6).toString("hex")}`;
}

function moment(): Moment {
  return { steady: performance.now(), wall: Date.now() };
}

function later({ steady, wall }: Moment, ms: number): Moment {
  return { steady: steady + ms, wall: wall + ms };
}

function never(): Half {
  return { until: { steady: 0, wall: 0 }, failingSince: undefined };
}

/** By both clocks: the steady one stands still while a virtual machine does, the other can be set. */
function holds({ until }: Half): boolean {
  return performance.now() < until.steady && Date.now() < until.wall;
}

/** A database that does not answer must not hold up the next renewal. */
function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("no answer")), LEASE_MS / 2);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
