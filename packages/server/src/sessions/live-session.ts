import {
  CataloguedError,
  CUSTOMER_NUMBER,
  type FrameRoute,
  type SessionEvent,
  type SessionView,
} from "@copane/protocol";
import {
  apply,
  nextDeadline,
  type Refusal,
  refusal,
  type SessionCommand,
  type SessionHappening,
  type SessionRecord,
  type SessionSettings,
  viewOf,
} from "../rules/index.ts";
import type { Fidelity } from "./audit-entry.ts";
import type { SessionHooks } from "./hooks.ts";

/** Takes what a participant's connection must be told. */
export interface SessionListener {
  event(event: SessionEvent, by: number | undefined, session: SessionView): void;
}

/** What is the same for all sessions of a server. */
export interface SessionContext {
  settings: SessionSettings;
  log: { info(data: object, message: string): void };
  /** Milliseconds since 1970. */
  clock(): number;
  hooks: SessionHooks;
  /** A session is another one now: called before anybody is told. */
  changed(session: SessionRecord): void;
  /** A session that ended is not asked for any more. */
  over(sessionId: string): void;
}

/** A closed session stays known for a little, so that both sides learn why it ended. */
const TOMBSTONE_MS = 60_000;

/** Node's timers hold no longer wait. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** A session for which this server decides: its state by the rules, who listens, and the clock that moves it on. */
export class LiveSession {
  readonly #context: SessionContext;
  readonly #listeners = new Map<number, SessionListener>();
  #record: SessionRecord;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor(record: SessionRecord, context: SessionContext) {
    this.#context = context;
    this.#record = record;
  }

  get record(): SessionRecord {
    return this.#record;
  }

  has(number: number): boolean {
    return this.#record.participants.some((one) => one.number === number);
  }

  /** Tells of a session that a participant began just now. */
  begin(by: number): void {
    this.#become(this.#record, [{ event: "session.created", by }]);
  }

  /** The session as a participant may know it. */
  view(number: number): SessionView {
    return this.#view(this.#record, number);
  }

  /** Why a participant's frame is not relayed right now; undefined when it is. */
  refusal(number: number, route: FrameRoute, flags: number): Refusal | undefined {
    const { clock, settings } = this.#context;
    return refusal(this.#record, number, { route, flags }, clock(), settings);
  }

  /** Throws CataloguedError when the rules forbid it; the session is then as it was. */
  apply(command: SessionCommand): void {
    const { clock, settings } = this.#context;
    const { session, happened } = apply(this.#record, command, clock(), settings);
    this.#become(session, happened);
  }

  /** Ends the session from outside. `who` stands in the audit. */
  end(who: string): void {
    const { hooks, clock } = this.#context;
    if (this.#record.closed) throw new CataloguedError("SESSION_CLOSED");
    hooks.emit("event", { session: this.#record, event: "session.ended", at: clock(), detail: who });
    this.apply({ t: "session.cancel" });
  }

  /** The customer's page shows this path now. */
  visited(path: string): void {
    const { hooks, clock } = this.#context;
    if (!this.#record.closed) hooks.emit("page", this.#record, path, clock());
  }

  /** Parts of the picture were compared. All agents hear the same counts, so that the lead's are taken. */
  compared(number: number, more: Fidelity): void {
    const { lead, closed } = this.#record;
    if (lead === number && !closed) this.#context.hooks.emit("fidelity", this.#record, more);
  }

  /** A participant's connection hears every change from here on, in place of the one that it had before. */
  listen(number: number, listener: SessionListener): void {
    this.#listeners.set(number, listener);
  }

  /** False when another connection of the participant has taken its place. */
  unlisten(number: number, listener: SessionListener): boolean {
    return this.#listeners.get(number) === listener && this.#listeners.delete(number);
  }

  /** Time changes nothing of it any more. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #become(record: SessionRecord, happened: readonly SessionHappening[]): void {
    this.#record = record;
    this.#context.changed(record);
    for (const one of happened) this.#tell(record, one);
    this.#schedule();
  }

  #tell(session: SessionRecord, { event, by, detail, silent }: SessionHappening): void {
    const { log, hooks, clock } = this.#context;
    const about = {
      event,
      ...(by === undefined ? {} : { by }),
      ...(detail ? { detail: words(detail) } : {}),
    };
    const closeCode = session.closed?.code;
    log.info({ sessionId: session.id, ...about, ...(closeCode ? { closeCode } : {}) }, "session event");
    hooks.emit("event", { session, ...about, at: clock() });
    for (const [number, listener] of [...this.#listeners]) {
      if (silent && number === CUSTOMER_NUMBER) continue;
      listener.event(event, by, this.#view(session, number));
    }
  }

  #view(session: SessionRecord, number: number): SessionView {
    const { clock, settings } = this.#context;
    return viewOf(session, number, clock(), settings);
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    const { clock, settings } = this.#context;
    const deadline = nextDeadline(this.#record, settings) ?? clock() + TOMBSTONE_MS;
    // A longer wait is cut: the tick finds nothing due and waits again.
    const wait = Math.min(Math.max(deadline - clock(), 0), LONGEST_WAIT_MS);
    this.#timer = setTimeout(() => this.#due(), wait);
    this.#timer.unref();
  }

  #due(): void {
    if (this.#record.closed) this.#context.over(this.#record.id);
    else this.apply({ t: "tick" });
  }
}

/** `level=full forMs=600000`: one line for the log and the audit. */
function words(detail: NonNullable<SessionHappening["detail"]>): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");
}
