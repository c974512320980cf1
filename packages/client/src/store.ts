import { plainJson, type Role } from "@copane/protocol";

/** What the next page of the tab needs to go on with a session. */
export interface Seat {
  server: string;
  token: string;
}

/** Keeps a seat for this tab. Where storage is blocked, a session lasts as long as its page. */
export class SeatStore {
  readonly #key: string;

  constructor(role: Role) {
    // The customer's loader looks for this key before it loads anything else.
    this.#key = (role === "customer" ? "copane.session" : "copane.agent-session") + framePath();
  }

  load(): Seat | undefined {
    try {
      const value: unknown = JSON.parse(sessionStorage.getItem(this.#key) ?? "null");
      const { server, token } = (value ?? {}) as Partial<Seat>;
      return typeof server === "string" && typeof token === "string" ? { server, token } : undefined;
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

  clear(): void {
    try {
      sessionStorage.removeItem(this.#key);
    } catch {
      // Blocked storage holds nothing.
    }
  }
}

/** Whether this tab holds a seat from an earlier page. */
export function hasSeat(role: Role): boolean {
  return new SeatStore(role).load() !== undefined;
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

/** Where this window is in its tab: each of them may have a session of its own, but they share one storage. */
function framePath(): string {
  let path = "";
  for (let at: Window = window; at !== at.parent; at = at.parent) {
    let index = 0;
    while (index < at.parent.length && at.parent[index] !== at) index++;
    path = `.${index}${path}`;
  }
  return path;
}
