import type { StoredSession } from "./stored-session.ts";

/** What an earlier start of this server left. */
export interface LeftSessions {
  sessions: readonly StoredSession[];
  /** When it was last known to live, in milliseconds since 1970; undefined when it left nothing. */
  aliveAt: number | undefined;
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
   * Gives the ids of those that were refused: another server has taken them up.
   */
  write(sessions: readonly StoredSession[]): Promise<readonly string[]>;
  /** Forgets sessions that are over, unless another server has taken them up. */
  remove(sessions: readonly { id: string; fence: number }[]): Promise<void>;
  /** Notes that this server lives at this time, in milliseconds since 1970. */
  alive(at: number): Promise<void>;
}
