import type { LeftSessions, SessionStore, Unwritten } from "./session-store.ts";
import type { StoredSession } from "./stored-session.ts";

/** Live sessions in memory: whoever has the same object can take them up. */
export class MemorySessionStore implements SessionStore {
  readonly #sessions = new Map<string, StoredSession>();
  #aliveAt: number | undefined;

  async takeUp(): Promise<LeftSessions> {
    for (const [id, session] of this.#sessions)
      this.#sessions.set(id, { ...session, fence: session.fence + 1, version: 0 });
    return { sessions: [...this.#sessions.values()], aliveAt: this.#aliveAt };
  }

  async write(sessions: readonly StoredSession[]): Promise<Unwritten> {
    const refused: string[] = [];
    for (const session of sessions) {
      const { id } = session.record;
      const there = this.#sessions.get(id);
      if (there && (there.fence !== session.fence || there.version > session.version)) refused.push(id);
      else this.#sessions.set(id, session);
    }
    return { refused, busy: [] };
  }

  async remove(sessions: readonly { id: string; fence: number }[]): Promise<readonly string[]> {
    for (const { id, fence } of sessions)
      if (this.#sessions.get(id)?.fence === fence) this.#sessions.delete(id);
    return [];
  }

  async alive(at: number): Promise<void> {
    this.#aliveAt = at;
  }
}
