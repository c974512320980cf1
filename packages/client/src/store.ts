import { plainJson, type Role } from "@copane/protocol";
import { seatKey } from "./seat-key.ts";

/** What the next page of the tab needs to go on with a session. */
export interface Seat {
  server: string;
  token: string;
  /** What the customer took back on this page and the server has not confirmed: it holds on the next page too. */
  holds?: readonly string[];
}

/** Keeps a seat for this tab. Where storage is blocked, a session lasts as long as its page. */
export class SeatStore {
  readonly #key: string;

  /** @param name tells seats of one tab apart */
  constructor(role: Role, name = "") {
    this.#key = seatKey(role) + (name && `/${name}`);
  }

  load(): Seat | undefined {
    try {
      const value: unknown = JSON.parse(sessionStorage.getItem(this.#key) ?? "null");
      const { server, token, holds = [] } = (value ?? {}) as Partial<Seat>;
      return typeof server === "string" && typeof token === "string" ? { server, token, holds } : undefined;
    } catch {
      return undefined;
    }
  }

  save(seat: Seat): void {
    try {
      sessionStorage.setItem(this.#key, plainJson(seat));
    } catch {
      // Blocked storage: the session ends with this page.
    }
  }

  /** Keeps what the customer took back, while there is a seat. */
  hold(holds: readonly string[]): void {
    const seat = this.load();
    if (seat) this.save({ ...seat, holds });
  }

  /** @param token clears the seat of this token only: another may have been taken since */
  clear(token?: string): void {
    if (token !== undefined && this.load()?.token !== token) return;
    try {
      sessionStorage.removeItem(this.#key);
    } catch {
      // Blocked storage holds nothing.
    }
  }
}

/** Whether this tab holds a seat from an earlier page. */
export function hasSeat(role: Role, name = ""): boolean {
  return new SeatStore(role, name).load() !== undefined;
}

/** Where the tab keeps what was said, for its next page. */
export const CHAT_KEY = "copane.chat";

/** Whether something was said on an earlier page of this tab. */
export function hasChat(): boolean {
  try {
    return sessionStorage.getItem(CHAT_KEY) !== null;
  } catch {
    return false;
  }
}
