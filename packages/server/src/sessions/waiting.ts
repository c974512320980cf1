import { CataloguedError, type Role } from "@copane/protocol";
import type { SessionRecord } from "../rules/index.ts";

/** Who answers for a session: the networks that its customer came from, the widest last, or its agent. */
export type Answerable = readonly { name: string; times: number }[];

/** Sessions that wait at all servers that work together. What cannot be told now is told again later. */
export interface SharedWaiting {
  /**
   * Counts a session, if each of `who` has less than `most` times their share. Undefined when that cannot be asked
   * now.
   */
  add(id: string, who: Answerable, most: number): Promise<boolean | undefined>;
  /** They wait still: what is not said again is forgotten in a while. */
  renew(id: string, who: Answerable): Promise<void>;
  remove(id: string, who: Answerable): void;
}

interface Limits {
  maxWaiting: number;
  maxSessions: number;
}

/**
 * Sessions in which only one side is, by who made them. Nobody may hold more than a share of all servers open, and
 * strangers all together leave half of each server to agents.
 */
export class WaitingSessions {
  readonly #limits: Limits;
  readonly #shared: SharedWaiting | undefined;
  readonly #sessions = new Map<string, { who: Answerable; stranger: boolean }>();
  readonly #counts = new Map<string, number>();
  #strangers = 0;

  constructor(limits: Limits, shared?: SharedWaiting) {
    this.#limits = limits;
    this.#shared = shared;
  }

  /** Counts a session that is about to begin. Rejects with TOO_MANY_WAITING, or TOO_MANY_SESSIONS. */
  async add(id: string, who: Answerable, initiator: Role): Promise<void> {
    for (const { name, times } of who) {
      if ((this.#counts.get(name) ?? 0) >= this.#limits.maxWaiting * times)
        throw new CataloguedError("TOO_MANY_WAITING");
    }
    if (initiator === "customer" && this.#strangers >= this.#limits.maxSessions / 2)
      throw new CataloguedError("TOO_MANY_SESSIONS");
    // At once: many that wait for the others' word must not all pass.
    this.#add(id, who, initiator);
    if ((await this.#shared?.add(id, who, this.#limits.maxWaiting)) !== false) return;
    this.leave(id);
    throw new CataloguedError("TOO_MANY_WAITING");
  }

  /** A session that was stored goes on here. */
  goOn(session: SessionRecord, who: Answerable): void {
    if (waits(session)) this.#add(session.id, who, session.initiator);
  }

  /** A session is another one now: one that has both sides, or ended, waits no more. */
  follow(session: SessionRecord): void {
    if (!waits(session)) this.remove(session.id);
  }

  remove(id: string): void {
    const session = this.leave(id);
    if (session) this.#shared?.remove(id, session.who);
  }

  /** It waits elsewhere from here on. */
  leave(id: string): { who: Answerable } | undefined {
    const session = this.#sessions.get(id);
    if (!session) return undefined;
    this.#sessions.delete(id);
    for (const { name } of session.who) {
      const others = (this.#counts.get(name) ?? 1) - 1;
      if (others > 0) this.#counts.set(name, others);
      else this.#counts.delete(name);
    }
    if (session.stranger) this.#strangers--;
    return session;
  }

  /** Tells the other servers again what waits here. */
  async renew(): Promise<void> {
    const all = [...this.#sessions].map(([id, { who }]) => this.#shared?.renew(id, who));
    await Promise.all(all);
  }

  #add(id: string, who: Answerable, initiator: Role): void {
    const stranger = initiator === "customer";
    this.#sessions.set(id, { who, stranger });
    for (const { name } of who) this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    if (stranger) this.#strangers++;
  }
}

/** Whether only one side has come so far. */
export function waits({ closed, participants }: SessionRecord): boolean {
  const both = (["customer", "agent"] as const).every((side) =>
    participants.some(({ role }) => role === side),
  );
  return !closed && !both;
}
