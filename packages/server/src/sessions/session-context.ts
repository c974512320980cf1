import { CataloguedError, type SessionEvent, type SessionView } from "@copane/protocol";
import type { SessionRecord, SessionSettings } from "../rules/index.ts";
import type { SessionHooks } from "./hooks.ts";
import type { SessionWriter } from "./session-writer.ts";
import type { StoredSession } from "./stored-session.ts";

/** Takes what a participant's connection must be told. */
export interface SessionListener {
  event(event: SessionEvent, by: number | undefined, session: SessionView): void;
  /** The session goes on elsewhere: the connection is over here. */
  moved(how: Moved): void;
}

/**
 * How a session leaves a server: it stops or lost its lease (`left`), or the customer's page has come to another one,
 * which has the session from here on (`handed over`).
 */
export type Moved = "left" | "handed over";

/** What is the same for all sessions of a server. */
export interface SessionContext {
  settings: SessionSettings;
  log: { info(data: object, message: string): void };
  /** Milliseconds since 1970. */
  clock(): number;
  hooks: SessionHooks;
  writer: Pick<SessionWriter, "write">;
  /** Whether this server may decide right now: where several work together it could have lost its sessions. */
  deciding(): boolean;
  /** A session is another one now: called before anybody is told. */
  changed(session: SessionRecord): void;
  /** A session is not asked for any more: it ended, or (`elsewhere`) another server has taken it up. */
  over(sessionId: string, how: "ended" | "elsewhere"): void;
}

/** A participant's token, known by its hash. */
export type SeatEntry = StoredSession["seats"][number];

/** Seconds after which a server that stops has been replaced, most likely. */
const RESTART_S = 5;

/** A session cannot be had here any more, but soon where the server's successor is. */
export function shuttingDown(): CataloguedError {
  return new CataloguedError("SHUTTING_DOWN", { retryAfter: RESTART_S });
}
