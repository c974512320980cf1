import type { SessionRecord } from "../rules/index.ts";
import type { SessionHooks } from "./hooks.ts";
import type { StoredSession, UnkeptEvent } from "./stored-session.ts";

/** Events of one session that are held for those who keep events and cannot now; then the oldest are given up. */
const MOST = 1_000;
/** Numbers of events under one fence. */
const SERIALS = 1_000_000;

/**
 * The events of a session that not all who keep events (audit, webhooks) have stored yet. They are stored with the
 * session, and told again after a crash, under the same number.
 */
export class Unkept {
  readonly #hooks: SessionHooks;
  readonly #kept: () => void;
  readonly #underWay = new Set<number>();
  #events: readonly UnkeptEvent[];
  /** The next number: above all that an earlier holder of the session may have given. */
  #next: number;

  /** @param kept is called when there are fewer */
  constructor(
    { unkept, fence }: Pick<StoredSession, "unkept" | "fence">,
    hooks: SessionHooks,
    kept = () => {},
  ) {
    this.#events = unkept;
    this.#next = fence * SERIALS;
    this.#hooks = hooks;
    this.#kept = kept;
  }

  /** Oldest first. */
  get events(): readonly UnkeptEvent[] {
    return this.#events;
  }

  /** Numbers an event; it is held until it is kept. */
  add<E extends Omit<UnkeptEvent, "serial" | "at">>(event: E, at: number): E & UnkeptEvent {
    const numbered = { ...event, at, serial: this.#next++ };
    const { serial, event: name, by, detail } = numbered;
    const held = {
      serial,
      event: name,
      at,
      ...(by === undefined ? {} : { by }),
      ...(detail ? { detail } : {}),
    };
    this.#events = [...this.#events, held].slice(-MOST);
    return numbered;
  }

  /** Has an event kept by all who keep events. `session` is as it is after the event. */
  keep(session: SessionRecord, event: UnkeptEvent): void {
    const { serial } = event;
    if (this.#underWay.has(serial)) return;
    this.#underWay.add(serial);
    void this.#hooks.keep({ session, ...event }).then((kept) => {
      this.#underWay.delete(serial);
      if (!kept) return;
      this.#events = this.#events.filter((one) => one.serial !== serial);
      this.#kept();
    });
  }

  /** The same for all that are held. */
  keepAll(session: SessionRecord): void {
    for (const event of this.#events) this.keep(session, event);
  }
}
