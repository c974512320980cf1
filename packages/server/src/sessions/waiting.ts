import { CataloguedError, type Role } from "@copane/protocol";
import type { SessionRecord } from "../rules/index.ts";

/** Who answers for a session: the networks that its customer came from, or its agent. */
export type Answerable = readonly { name: string; times: number }[];

/**
 * Sessions in which only one side is, by who made them. Nobody may hold more than a share of the server open, and
 * strangers all together leave half of it to agents.
 */
export class WaitingSessions {
  readonly #limits: { maxWaiting: number; maxSessions: number };
  readonly #sessions = new Map<string, { who: Answerable; stranger: boolean }>();
  readonly #counts = new Map<string, number>();
  #strangers = 0;

  constructor(limits: { maxWaiting: number; maxSessions: number }) {
    this.#limits = limits;
  }

  /** Throws TOO_MANY_WAITING, or TOO_MANY_SESSIONS, when one more may not wait. */
  check(who: Answerable, initiator: Role): void {
    for (const { name, times } of who) {
      if ((this.#counts.get(name) ?? 0) >= this.#limits.maxWaiting * times)
        throw new CataloguedError("TOO_MANY_WAITING");
    }
    if (initiator === "customer" && this.#strangers >= this.#limits.maxSessions / 2)
      throw new CataloguedError("TOO_MANY_SESSIONS");
  }

  add({ id, initiator }: SessionRecord, who: Answerable): void {
    const stranger = initiator === "customer";
    this.#sessions.set(id, { who, stranger });
    for (const { name } of who) this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    if (stranger) this.#strangers++;
  }

  /** A session is another one now: one that has both sides, or ended, waits no more. */
  follow({ id, closed, participants }: SessionRecord): void {
    const both = participants.some(({ role }) => role === "customer");
    if (closed || (both && participants.some(({ role }) => role === "agent"))) this.remove(id);
  }

  remove(id: string): void {
    const session = this.#sessions.get(id);
    if (!session) return;
    this.#sessions.delete(id);
    for (const { name } of session.who) {
      const others = (this.#counts.get(name) ?? 1) - 1;
      if (others > 0) this.#counts.set(name, others);
      else this.#counts.delete(name);
    }
    if (session.stranger) this.#strangers--;
  }
}
