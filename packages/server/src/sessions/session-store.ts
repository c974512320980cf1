import type { StoredSession } from "./stored-session.ts";

/** What an earlier start of this server left. */
export interface LeftSessions {
  sessions: readonly StoredSession[];
  /** When it was last known to live, in milliseconds since 1970; undefined when it left nothing. */
  aliveAt: number | undefined;
}

/** What did not become of a write; what is in neither is stored. */
export interface Unwritten {
  /** Another server has taken these up. */
  refused: readonly string[];
  /** Somebody else has these locked right now: they are to be tried again. */
  busy: readonly string[];
}

/**
 * Where live sessions are stored, so that they outlive their server. One holder writes a session at a time: it took the
 * session up, which counted its fence, and a write by an earlier holder is refused by that. Each write is the whole
 * session. Every method rejects when the store cannot be used; all may be repeated.
 */
export interface SessionStore {
  /** Takes up the sessions of this server: each is given with the fence under which to write it from now on. */
  takeUp(): Promise<LeftSessions>;
  /**
   * Stores sessions, each unless a newer version or fence of it is there. Once it resolves they outlive a crash.
   * No session waits for what becomes of another.
   */
  write(sessions: readonly StoredSession[]): Promise<Unwritten>;
  /**
   * Forgets sessions that are over, unless another server has taken them up. Gives the ids of those that somebody else
   * has locked right now.
   */
  remove(sessions: readonly { id: string; fence: number }[]): Promise<readonly string[]>;
  /** Notes that this server lives at this time, in milliseconds since 1970. */
  alive(at: number): Promise<void>;
}
