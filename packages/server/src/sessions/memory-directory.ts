import { referenceOf, type SessionRecord } from "../rules/index.ts";
import type { Directory, KeyKind, Seat } from "./directory.ts";

/** The directory of a server that is alone. */
export class MemoryDirectory implements Directory {
  readonly #sessions = new Map<string, SessionRecord>();
  readonly #keys: Record<KeyKind, Map<string, string>> = {
    passphrase: new Map(),
    invitation: new Map(),
    reference: new Map(),
  };
  readonly #seats = new Map<string, Seat>();
  readonly #tokensOf = new Map<string, string[]>();

  async seat(tokenHash: string): Promise<Seat | undefined> {
    return this.#seats.get(tokenHash);
  }

  async addSeat(tokenHash: string, seat: Seat): Promise<void> {
    this.#seats.set(tokenHash, seat);
    const tokens = this.#tokensOf.get(seat.sessionId);
    if (tokens) tokens.push(tokenHash);
    else this.#tokensOf.set(seat.sessionId, [tokenHash]);
  }

  async find(kind: KeyKind, digits: string): Promise<string | undefined> {
    return this.#keys[kind].get(digits);
  }

  async claim(kind: KeyKind, digits: string, sessionId: string): Promise<boolean> {
    const keys = this.#keys[kind];
    if (keys.has(digits)) return false;
    keys.set(digits, sessionId);
    return true;
  }

  async release(kind: KeyKind, digits: string): Promise<void> {
    this.#keys[kind].delete(digits);
  }

  async restore(session: SessionRecord): Promise<void> {
    const { id, passphrase, invites } = session;
    if (passphrase) this.#keys.passphrase.set(passphrase, id);
    for (const { key } of invites) this.#keys.invitation.set(key, id);
    const reference = referenceOf(session);
    if (reference) this.#keys.reference.set(reference, id);
    this.#sessions.set(id, session);
  }

  put(session: SessionRecord): void {
    const before = this.#sessions.get(session.id);
    if (before?.passphrase && before.passphrase !== session.passphrase)
      this.#keys.passphrase.delete(before.passphrase);
    const reference = before && referenceOf(before);
    if (reference && !referenceOf(session)) this.#keys.reference.delete(reference);
    if (before && before.invites !== session.invites) {
      for (const invitation of before.invites) {
        if (!session.invites.includes(invitation)) this.#keys.invitation.delete(invitation.key);
      }
    }
    this.#sessions.set(session.id, session);
  }

  remove(sessionId: string): void {
    for (const [kind, digits] of this.keysOf(sessionId)) this.#keys[kind].delete(digits);
    for (const hash of this.seatsOf(sessionId)) this.#seats.delete(hash);
    this.#tokensOf.delete(sessionId);
    this.#sessions.delete(sessionId);
  }

  leave(sessionId: string): void {
    this.remove(sessionId);
  }

  /** The keys that a session has now. */
  keysOf(sessionId: string): (readonly [KeyKind, string])[] {
    const session = this.#sessions.get(sessionId);
    const invitations = session?.invites.map(({ key }) => ["invitation", key] as const) ?? [];
    const reference = session && referenceOf(session);
    return [
      ...(session?.passphrase ? [["passphrase", session.passphrase] as const] : []),
      ...invitations,
      ...(reference ? [["reference", reference] as const] : []),
    ];
  }

  /** Hashes of the tokens that stand for seats in it. */
  seatsOf(sessionId: string): readonly string[] {
    return this.#tokensOf.get(sessionId) ?? [];
  }

  async live(): Promise<SessionRecord[]> {
    return [...this.#sessions.values()].filter(({ closed }) => !closed);
  }
}
