import type { SessionRecord } from "../rules/index.ts";

/** Whom a token stands for. */
export interface Seat {
  sessionId: string;
  number: number;
}

/** Where sessions are kept. One machine keeps them in memory; a shared store can take this place. */
export interface SessionRegistry {
  readonly size: number;
  get(id: string): SessionRecord | undefined;
  put(session: SessionRecord): void;
  delete(id: string): void;
  ids(): string[];
  /** The session that a live passphrase (eight digits) joins. */
  byPassphrase(digits: string): SessionRecord | undefined;
  /** The session that an open invitation (eight digits) joins. */
  byInvite(digits: string): SessionRecord | undefined;
  seat(tokenHash: string): Seat | undefined;
  putSeat(tokenHash: string, seat: Seat): void;
}

export class MemoryRegistry implements SessionRegistry {
  readonly #sessions = new Map<string, SessionRecord>();
  readonly #passphrases = new Map<string, string>();
  readonly #invites = new Map<string, string>();
  readonly #seats = new Map<string, Seat>();
  readonly #tokensOf = new Map<string, string[]>();

  get size(): number {
    return this.#sessions.size;
  }

  get(id: string): SessionRecord | undefined {
    return this.#sessions.get(id);
  }

  put(session: SessionRecord): void {
    const before = this.#sessions.get(session.id);
    if (before?.passphrase && before.passphrase !== session.passphrase)
      this.#passphrases.delete(before.passphrase);
    if (session.passphrase) this.#passphrases.set(session.passphrase, session.id);
    if (before?.invites !== session.invites) {
      for (const { key } of before?.invites ?? []) this.#invites.delete(key);
      for (const { key } of session.invites) this.#invites.set(key, session.id);
    }
    this.#sessions.set(session.id, session);
  }

  delete(id: string): void {
    const session = this.#sessions.get(id);
    if (session?.passphrase) this.#passphrases.delete(session.passphrase);
    for (const { key } of session?.invites ?? []) this.#invites.delete(key);
    for (const hash of this.#tokensOf.get(id) ?? []) this.#seats.delete(hash);
    this.#tokensOf.delete(id);
    this.#sessions.delete(id);
  }

  ids(): string[] {
    return [...this.#sessions.keys()];
  }

  byPassphrase(digits: string): SessionRecord | undefined {
    const id = this.#passphrases.get(digits);
    return id === undefined ? undefined : this.#sessions.get(id);
  }

  byInvite(digits: string): SessionRecord | undefined {
    const id = this.#invites.get(digits);
    return id === undefined ? undefined : this.#sessions.get(id);
  }

  seat(tokenHash: string): Seat | undefined {
    return this.#seats.get(tokenHash);
  }

  putSeat(tokenHash: string, seat: Seat): void {
    this.#seats.set(tokenHash, seat);
    const tokens = this.#tokensOf.get(seat.sessionId);
    if (tokens) tokens.push(tokenHash);
    else this.#tokensOf.set(seat.sessionId, [tokenHash]);
  }
}
