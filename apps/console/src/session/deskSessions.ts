import { AgentSession } from "@copane/client/agent";
import type { EndReason, SessionView } from "@copane/protocol";
import { loadSockJs, server } from "../server.ts";
import { text } from "../text.ts";
import { linesOfOthers, type News, newsOf } from "./news.ts";

/** One of the desk's sessions, as it stands. */
export interface Held {
  /** The place in this tab's storage, which names the session here. */
  seat: string;
  session: AgentSession;
  view: SessionView;
  /** What happened since the agent last looked at it, oldest first. */
  news: readonly News[];
  closed?: EndReason;
}

interface State {
  held: readonly Held[];
  /** The seat of the session on the screen; undefined for the desk's home. */
  shown: string | undefined;
}

/** Places for sessions in one desk. The first one has the name of desks that held one alone. */
const seats = ["", "2", "3", "4", "5", "6", "7", "8"];

/** All sessions of this desk: what the screens show comes from here, one way. */
export class DeskSessions {
  #state: State = { held: [], shown: undefined };
  #resumed = false;
  /** Sessions that are being joined hold a place, too. */
  readonly #taken = new Set<string>();
  readonly #listeners = new Set<() => void>();
  readonly #newsListeners = new Set<(news: News, held: Held) => void>();

  get state(): State {
    return this.#state;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Calls back with what is news, also of the session on the screen. */
  onNews(listener: (news: News, held: Held) => void): () => void {
    this.#newsListeners.add(listener);
    return () => this.#newsListeners.delete(listener);
  }

  /** Makes or joins a session by `work`, and shows it. Rejects as `work` does; nothing is held then. */
  async open(work: (session: AgentSession) => Promise<unknown>): Promise<void> {
    const seat = this.#free;
    if (seat === undefined) throw new Error(text.deskFull);
    const session = this.#make(seat);
    try {
      await work(session);
      this.show(seat);
    } catch (error) {
      this.#taken.delete(seat);
      throw error;
    }
  }

  /** A reloaded desk goes on where it was. */
  resume(): void {
    if (this.#resumed) return;
    this.#resumed = true;
    const kept = seats.filter((seat) => AgentSession.resumable(seat));
    const last = stored();
    for (const seat of kept) {
      void this.#make(seat)
        .comeBack()
        .then((back) => {
          if (!back) this.#taken.delete(seat);
          else if (seat === last || kept.length === 1) this.show(seat);
        });
    }
  }

  /** Brings a session to the screen, or the home. */
  show(shown: string | undefined): void {
    this.#set({ shown, held: this.#state.held.map((one) => (one.seat === shown ? read(one) : one)) });
    try {
      if (shown === undefined) sessionStorage.removeItem(SHOWN);
      else sessionStorage.setItem(SHOWN, shown);
    } catch {
      // Blocked storage: a reloaded desk begins at its home.
    }
  }

  /** Goes to the next session, or the one before. */
  step(by: 1 | -1): void {
    const { held, shown } = this.#state;
    const at = held.findIndex(({ seat }) => seat === shown);
    const next = held[at < 0 && by < 0 ? held.length - 1 : (at + by + held.length) % (held.length || 1)];
    if (next) this.show(next.seat);
  }

  /** The session on the screen was looked at. */
  look(): void {
    if (this.#state.held.some(({ seat, news }) => seat === this.#state.shown && news.length > 0))
      this.show(this.#state.shown);
  }

  /** Puts a session that is over away. */
  remove(seat: string): void {
    const { held, shown } = this.#state;
    held.find((one) => one.seat === seat)?.session.detach();
    this.#taken.delete(seat);
    this.#set({
      held: held.filter((one) => one.seat !== seat),
      shown: shown === seat ? undefined : shown,
    });
  }

  get #free(): string | undefined {
    return seats.find((seat) => !this.#taken.has(seat));
  }

  #make(seat: string): AgentSession {
    this.#taken.add(seat);
    const session = new AgentSession({ server, loadSockJs, seat });
    let lines = 0;
    session.on("change", ({ session: view, event }) => {
      this.#put(seat, session, { view });
      this.#tell(seat, newsOf(event, view, session.you));
    });
    session.on("chat", (all) => {
      const more = linesOfOthers(all, lines, session.you);
      lines = all.length;
      if (more > 0) this.#tell(seat, "wrote");
    });
    session.on("closed", (closed) => {
      this.#put(seat, session, { closed });
      this.#tell(seat, "ended");
    });
    return session;
  }

  #put(seat: string, session: AgentSession, change: Partial<Held>): void {
    const { held, shown } = this.#state;
    const before = held.find((one) => one.seat === seat);
    const view = change.view ?? before?.view ?? session.session;
    if (!view || (!before && !this.#taken.has(seat))) return;
    const next: Held = { news: [], ...before, ...change, seat, session, view };
    this.#set({ shown, held: before ? held.map((one) => (one === before ? next : one)) : [...held, next] });
  }

  #tell(seat: string, news: News | undefined): void {
    const { held, shown } = this.#state;
    const about = held.find((one) => one.seat === seat);
    if (!news || !about) return;
    if (seat !== shown || document.hidden)
      this.#set({
        shown,
        held: held.map((one) =>
          one === about ? { ...one, news: [...one.news, news].slice(-MOST_NEWS) } : one,
        ),
      });
    for (const listener of this.#newsListeners) listener(news, about);
  }

  #set(state: State): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** Where this tab keeps which session is on the screen. */
const SHOWN = "copane.desk.shown";

function stored(): string | null {
  try {
    return sessionStorage.getItem(SHOWN);
  } catch {
    return null;
  }
}

/** More than these are not counted. */
const MOST_NEWS = 99;

const read = (one: Held): Held => (one.news.length > 0 ? { ...one, news: [] } : one);
