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
  takeUp,
  viewOf,
} from "../rules/index.ts";
import type { AuditEvent, Fidelity } from "./audit-entry.ts";
import { isPresence } from "./presence.ts";
import {
  type Moved,
  type SeatEntry,
  type SessionContext,
  type SessionListener,
  shuttingDown,
} from "./session-context.ts";
import type { Storable } from "./session-writer.ts";
import type { StoredSession, UnkeptEvent } from "./stored-session.ts";
import { Telling } from "./telling.ts";
import { Unkept } from "./unkept.ts";
import { type Answerable, waits } from "./waiting.ts";

/** A happening of the rules, or one that the audit alone has. */
type Happening = Omit<SessionHappening, "event" | "detail"> & { event: AuditEvent; detail?: string };

/** A change and what happened by it. */
interface Step {
  record: SessionRecord;
  happened: readonly (UnkeptEvent & Pick<Happening, "silent">)[];
}

/** A closed session stays known for a little, so that both sides learn why it ended. */
const TOMBSTONE_MS = 60_000;

/** By then a server knows whether it lost its sessions. */
const LOST_MS = 1_000;

/** Node's timers hold no longer wait. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** Not for participants. */
const auditOnly: ReadonlySet<AuditEvent> = new Set(["page.visited", "session.ended", "session.restored"]);

/**
 * A session for which this server decides: its state by the rules, who listens, and the clock that moves it on. What it
 * decides holds at once, and is told once it is stored. Who is connected is not a decision: that is told at once.
 */
export class LiveSession implements Storable {
  readonly #context: SessionContext;
  readonly #listeners = new Map<number, SessionListener>();
  readonly #telling = new Telling<Step>((step) => this.#tell(step));
  readonly #unkept: Unkept;
  readonly #seats: SeatEntry[];
  readonly #who: Answerable | undefined;
  readonly #fence: number;
  #version: number;
  /** As it was decided. */
  #record: SessionRecord;
  /** As it was told. */
  #told: SessionRecord;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #life: "goes on" | "stopped" | "lost" = "goes on";

  /** @param stored what is new has fence 1 */
  constructor(stored: StoredSession, context: SessionContext) {
    this.#context = context;
    this.#record = this.#told = stored.record;
    this.#seats = [...stored.seats];
    this.#who = stored.who;
    this.#fence = stored.fence;
    this.#version = stored.version;
    this.#unkept = new Unkept(stored, context.hooks, () => {
      if (this.#life !== "lost") context.writer.write(this, "soon");
    });
  }

  get id(): string {
    return this.#record.id;
  }

  /** As the rules have it; nobody may be told of it before it is stored. */
  get record(): SessionRecord {
    return this.#record;
  }

  /** As it may be told. */
  get told(): SessionRecord {
    return this.#told;
  }

  stored(): StoredSession {
    return {
      record: this.#record,
      seats: this.#seats,
      unkept: this.#unkept.events,
      ...(this.#who && waits(this.#record) ? { who: this.#who } : {}),
      fence: this.#fence,
      version: this.#version,
    };
  }

  written(version: number): void {
    this.#telling.written(version);
  }

  lost(how: Moved = "left"): void {
    this.stop();
    this.#life = "lost";
    this.#telling.end(shuttingDown());
    this.sendAway(how);
    this.#context.over(this.id, "elsewhere");
  }

  has(number: number): boolean {
    return this.#record.participants.some((one) => one.number === number);
  }

  /** Tells of a session that a participant began just now. */
  begin(by: number): void {
    this.#become(this.#record, [{ event: "session.created", by }], "decision");
  }

  /**
   * Goes on with a session that was stored, and had no server from `lostAt` until now. Without it the server before
   * handed it over: nothing happened to it, but that who was connected has yet to come here.
   */
  goOn(lostAt: number | undefined): void {
    const { clock, settings } = this.#context;
    this.#unkept.keepAll(this.#record);
    const { closed, nextPage } = this.#record;
    const handedOver = lostAt === undefined;
    if (closed || (handedOver && !this.#record.participants.some(({ connected }) => connected))) {
      this.#schedule();
      return;
    }
    const { session, happened } = takeUp(this.#record, lostAt ?? clock(), clock(), settings);
    const restored: Happening[] = handedOver
      ? []
      : [{ event: "session.restored", detail: `awayMs=${Math.max(0, clock() - lostAt)}` }];
    this.#become(
      // All numbers of pages were stored before.
      handedOver ? { ...session, nextPage } : session,
      [...restored, ...happened.map(inWords)],
      "presence",
    );
    // The numbers of pages that are given from now on are above all that may have been given before.
    this.#context.writer.write(this, "now");
    // What time has ended meanwhile is over before anybody comes back.
    this.apply({ t: "tick" });
  }

  /** The session as a participant may know it. */
  view(number: number): SessionView {
    return this.#view(this.#told, number);
  }

  /** Why a participant's frame is not relayed right now; undefined when it is. */
  refusal(number: number, route: FrameRoute, flags: number): Refusal | undefined {
    const { clock, settings, deciding } = this.#context;
    if (!deciding()) return "drop";
    return refusal(this.#record, number, { route, flags }, clock(), settings);
  }

  /**
   * Throws CataloguedError when the rules forbid it; the session is then as it was.
   * @param seat the token of who comes in by it
   */
  apply(command: SessionCommand, seat?: SeatEntry): void {
    if (!this.#goesOn) throw shuttingDown();
    const { clock, settings } = this.#context;
    const { session, happened } = apply(this.#record, command, clock(), settings);
    if (seat) this.#seats.push(seat);
    this.#become(session, happened.map(inWords));
  }

  /** Goes on by the site's policy as it is now. */
  policyChanged(): void {
    if (this.#goesOn) this.apply({ t: "policy.change" });
  }

  /** Resolves when all that was decided until now is stored and told. Rejects with STORE_UNAVAILABLE. */
  settled(): Promise<void> {
    return this.#telling.settled();
  }

  /** Ends the session from outside. `who` stands in the audit. */
  end(who: string): void {
    if (this.#record.closed) throw new CataloguedError("SESSION_CLOSED");
    if (!this.#goesOn) throw shuttingDown();
    const { clock, settings } = this.#context;
    const { session, happened } = apply(this.#record, { t: "session.cancel" }, clock(), settings);
    this.#become(session, [{ event: "session.ended", detail: who }, ...happened.map(inWords)]);
  }

  /** The customer's page shows this path now. */
  visited(path: string): void {
    const { hooks, clock } = this.#context;
    if (!this.#record.closed) hooks.emit("page", this.#told, path, clock());
  }

  /** Parts of the picture were compared. All agents hear the same counts, so that the lead's are taken. */
  compared(number: number, more: Fidelity): void {
    const { lead, closed } = this.#record;
    if (lead === number && !closed) this.#context.hooks.emit("fidelity", this.#told, more);
  }

  /** A participant's connection hears every change from here on, in place of the one that it had before. */
  listen(number: number, listener: SessionListener): void {
    this.#listeners.set(number, listener);
  }

  /** A connection is gone; one that another has taken the place of changes nothing. */
  unlisten(number: number, listener: SessionListener): void {
    if (this.#listeners.get(number) !== listener) return;
    this.#listeners.delete(number);
    if (!this.#goesOn || this.#record.closed || !this.has(number)) return;
    this.apply({ t: "disconnect", by: number });
  }

  /** Nothing changes it any more, not even time. */
  stop(): void {
    if (this.#life === "goes on") this.#life = "stopped";
    clearTimeout(this.#timer);
  }

  /** Sends all who are connected to where the session goes on. */
  sendAway(how: Moved = "left"): void {
    for (const listener of [...this.#listeners.values()]) listener.moved(how);
  }

  get #goesOn(): boolean {
    return this.#life === "goes on" && this.#context.deciding();
  }

  #become(
    record: SessionRecord,
    happened: readonly Happening[],
    kind: "decision" | "presence" = isPresence(this.#record, record) ? "presence" : "decision",
  ): void {
    if (record === this.#record && happened.length === 0) {
      this.#schedule();
      return;
    }
    this.#record = record;
    this.#version++;
    const at = this.#context.clock();
    const step = { record, happened: happened.map((one) => this.#unkept.add(one, at)) };
    const decided = kind === "decision";
    this.#context.writer.write(this, decided ? "now" : "soon");
    this.#telling.add(step, decided ? this.#version : undefined);
    this.#schedule();
  }

  #tell({ record, happened }: Step): void {
    this.#told = record;
    this.#context.changed(record);
    for (const one of happened) this.#tellOne(record, one);
  }

  #tellOne(session: SessionRecord, { silent, ...about }: Step["happened"][number]): void {
    const { log, hooks } = this.#context;
    const { event, by, detail } = about;
    const closeCode = session.closed?.code;
    const words = { event, ...(by === undefined ? {} : { by }), ...(detail ? { detail } : {}) };
    log.info({ sessionId: session.id, ...words, ...(closeCode ? { closeCode } : {}) }, "session event");
    hooks.emit("event", { session, ...about });
    this.#unkept.keep(session, about);
    if (auditOnly.has(event)) return;
    for (const [number, listener] of [...this.#listeners]) {
      if (silent && number === CUSTOMER_NUMBER) continue;
      listener.event(event as SessionEvent, by, this.#view(session, number));
    }
  }

  #view(session: SessionRecord, number: number): SessionView {
    const { clock, settings } = this.#context;
    return viewOf(session, number, clock(), settings);
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#life !== "goes on") return;
    const { clock, settings } = this.#context;
    const deadline = nextDeadline(this.#record, settings) ?? clock() + TOMBSTONE_MS;
    // A longer wait is cut: the tick finds nothing due and waits again.
    const wait = Math.min(Math.max(deadline - clock(), 0), LONGEST_WAIT_MS);
    this.#timer = setTimeout(() => this.#due(), wait);
    this.#timer.unref();
  }

  #due(): void {
    // Whoever may not decide has lost the session, and learns so in a moment.
    if (!this.#context.deciding()) this.#timer = setTimeout(() => this.#due(), LOST_MS).unref();
    else if (!this.#record.closed) this.apply({ t: "tick" });
    else if (this.#telling.done && this.#unkept.events.length === 0) this.#context.over(this.id, "ended");
    else {
      // Its end is to be stored, and kept by the audit, before it is forgotten.
      this.#unkept.keepAll(this.#told);
      this.#schedule();
    }
  }
}

/** Its detail as `level=full forMs=600000`: one line for the log and the audit. */
function inWords({ detail, ...happening }: SessionHappening): Happening {
  if (!detail) return happening;
  const words = Object.entries(detail).map(([name, value]) => `${name}=${value}`);
  return { ...happening, detail: words.join(" ") };
}
