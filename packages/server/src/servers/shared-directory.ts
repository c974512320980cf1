import { referenceOf, type SessionRecord } from "../rules/index.ts";
import {
  type Directory,
  type KeyKind,
  MemoryDirectory,
  type Seat,
  type StoredSession,
} from "../sessions/index.ts";
import { apart } from "./calls.ts";
import type { Redis } from "./redis.ts";

/** What is found in Redis stays there so long without being renewed: a session's server renews it. */
const KEEP_MS = 900_000;
/** So long after Redis was away all servers have told it again what they know. */
const REFILL_MS = 30_000;
/** A key that was claimed and came to nothing. */
const CLAIM_MS = 60_000;

type Holding = (value: string) => Promise<Pick<StoredSession, "record" | "seats"> | undefined>;

/**
 * The directory of servers that work together: what this server decides it knows by itself, and tells the others by
 * Redis. All there can be made again from the sessions, so that a Redis that has lost everything is filled anew.
 */
export class SharedDirectory implements Directory {
  readonly #own = new MemoryDirectory();
  readonly #redis: Redis;
  readonly #holding: Holding;
  #refilledAt = performance.now() + REFILL_MS;

  /** @param holding finds a session whose stored text has this in it, which is slow */
  constructor(redis: Redis, holding: Holding) {
    this.#redis = redis;
    this.#holding = holding;
    redis.onChange(() => {
      this.#refilledAt = performance.now() + REFILL_MS;
    });
  }

  async seat(tokenHash: string): Promise<Seat | undefined> {
    const own = await this.#own.seat(tokenHash);
    if (own) return own;
    const text = await this.#ask(this.#redis.get(seatKey(tokenHash)));
    if (text !== null) return JSON.parse(text) as Seat;
    const stored = await this.#stored(JSON.stringify(tokenHash));
    const seat = stored?.seats.find(([hash]) => hash === tokenHash);
    return stored && seat && { sessionId: stored.record.id, number: seat[1] };
  }

  async addSeat(tokenHash: string, seat: Seat): Promise<void> {
    await this.#own.addSeat(tokenHash, seat);
    // Whoever comes in must be found by every server; but who is in already is in.
    await this.#put(seatKey(tokenHash), JSON.stringify(seat)).catch(() => {});
  }

  async find(kind: KeyKind, digits: string): Promise<string | undefined> {
    const key = joinKey(kind, digits);
    const found = (await this.#own.find(kind, digits)) ?? (await this.#ask(this.#redis.get(key)));
    if (found !== null) return found;
    const stored = await this.#stored(needleOf(kind, digits));
    return stored && keysOf(stored.record).includes(key) ? stored.record.id : undefined;
  }

  /** Rejects with SERVERS_APART when the others cannot be asked. */
  async claim(kind: KeyKind, digits: string, sessionId: string): Promise<boolean> {
    // Whose key it is may be stored and not be told again yet.
    const key = joinKey(kind, digits);
    const stored = await this.#stored(needleOf(kind, digits));
    // Digits are not given anew while they stand in a session as anything; words may stand in it as something else.
    if (stored && (kind !== "reference" || keysOf(stored.record).includes(key))) return false;
    const free = this.#redis.set(key, sessionId, { ttlMs: CLAIM_MS, onlyNew: true });
    return (await this.#ask(free)) && this.#own.claim(kind, digits, sessionId);
  }

  async release(kind: KeyKind, digits: string): Promise<void> {
    await this.#own.release(kind, digits);
    this.#forget([joinKey(kind, digits)]);
  }

  async restore(session: SessionRecord): Promise<void> {
    await this.#own.restore(session);
  }

  put(session: SessionRecord): void {
    const before = new Set(this.#own.keysOf(session.id).map(([kind, digits]) => joinKey(kind, digits)));
    this.#own.put(session);
    const now = new Set(keysOf(session));
    this.#forget([...before].filter((key) => !now.has(key)));
    for (const key of now) if (!before.has(key)) void this.#put(key, session.id).catch(() => {});
  }

  /** A session that ended here. */
  remove(sessionId: string): void {
    const keys = this.#own.keysOf(sessionId).map(([kind, digits]) => joinKey(kind, digits));
    this.#forget([...keys, ...this.#own.seatsOf(sessionId).map(seatKey)]);
    this.#own.remove(sessionId);
  }

  /** Another server has taken a session up, or will: it is to be found, but not by what is known here. */
  leave(sessionId: string): void {
    this.#own.remove(sessionId);
  }

  live(): Promise<SessionRecord[]> {
    return this.#own.live();
  }

  /** Tells the others of a session again. Rejects when that cannot be done now. */
  async tell({ record, seats }: Pick<StoredSession, "record" | "seats">): Promise<void> {
    if (record.closed) return;
    const entries = [
      ...keysOf(record).map((key) => [key, record.id] as const),
      ...seats.map(([hash, number]) => {
        const seat: Seat = { sessionId: record.id, number };
        return [seatKey(hash), JSON.stringify(seat)] as const;
      }),
    ];
    await Promise.all(entries.map(([key, value]) => this.#put(key, value)));
  }

  /** While Redis may not hold all again that it held. */
  async #stored(value: string): ReturnType<Holding> {
    if (performance.now() > this.#refilledAt) return undefined;
    return this.#ask(this.#holding(value));
  }

  async #put(key: string, value: string): Promise<void> {
    await this.#redis.set(key, value, { ttlMs: KEEP_MS });
  }

  #forget(keys: readonly string[]): void {
    // What cannot be taken away now ends by itself.
    if (keys.length > 0) void this.#redis.remove(...keys).catch(() => {});
  }

  async #ask<T>(asking: Promise<T>): Promise<T> {
    return asking.catch(() => {
      throw apart();
    });
  }
}

/** What is looked for in the text of stored sessions. */
function needleOf(kind: KeyKind, key: string): string {
  return kind === "reference" ? `"reference":${JSON.stringify(key)}` : JSON.stringify(key);
}

function keysOf(session: SessionRecord): string[] {
  const { passphrase, invites } = session;
  const reference = referenceOf(session);
  return [
    ...(passphrase ? [joinKey("passphrase", passphrase)] : []),
    ...invites.map(({ key }) => joinKey("invitation", key)),
    ...(reference ? [joinKey("reference", reference)] : []),
  ];
}

function joinKey(kind: KeyKind, digits: string): string {
  return `copane:${kind}:${digits}`;
}

function seatKey(tokenHash: string): string {
  return `copane:seat:${tokenHash}`;
}
