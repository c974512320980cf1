import type { SessionRecord } from "../rules/index.ts";

/** Whom a token stands for. */
export interface Seat {
  sessionId: string;
  number: number;
}

/**
 * What joins a session: its passphrase or a colleague's invitation, digits both, or, while no agent is in, the
 * reference of a chat or call.
 */
export type KeyKind = "passphrase" | "invitation" | "reference";

/**
 * Where sessions are found: by token, passphrase or invitation. The answers may come from another machine, so asking
 * takes time. What the rules decide of a session, its server decides without asking here.
 */
export interface Directory {
  /** Whom a token stands for; tokens are known by their hash. */
  seat(tokenHash: string): Promise<Seat | undefined>;
  addSeat(tokenHash: string, seat: Seat): Promise<void>;
  /** Id of the session that a key joins. */
  find(kind: KeyKind, digits: string): Promise<string | undefined>;
  /** Gives a key to a session. False when another session has it. */
  claim(kind: KeyKind, digits: string, sessionId: string): Promise<boolean>;
  /** Takes back a claim that came to nothing. */
  release(kind: KeyKind, digits: string): Promise<void>;
  /** Records a session that was stored, with the keys that it has. */
  restore(session: SessionRecord): Promise<void>;
  /** Records how a session now is. Keys that it no longer has find nothing any more. */
  put(session: SessionRecord): void;
  /** Forgets a session with all its keys and seats. */
  remove(sessionId: string): void;
  /** A session goes on elsewhere: what is known of it here is forgotten, what others find it by is not. */
  leave(sessionId: string): void;
  /** The sessions under way here, in no order. */
  live(): Promise<SessionRecord[]>;
}
