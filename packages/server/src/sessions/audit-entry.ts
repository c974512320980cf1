import type { CloseCode, Role, SessionEvent } from "@copane/protocol";

/** What the audit knows of a session besides its events. Names are people's: they stay out of every log. */
export interface AuditedSession {
  id: string;
  initiator: Role;
  locale: string;
  createdAt: number;
  participants: readonly { number: number; role: Role; name: string; agentId?: string }[];
  /** Who the customer is, by an identity that the site signed, and the chat or call that the page named. */
  customer?: { id?: string; reference?: string };
  closed?: { code: CloseCode; by?: Role };
}

/** Events of the session's rules, and those that only the audit has. */
export type AuditEvent =
  | SessionEvent
  /** The customer's page shows another address; `detail` is its path without the query. */
  | "page.visited"
  /** Somebody with the right to it ended the session from outside; `detail` is who. */
  | "session.ended"
  /** Another start of the server, or another server, goes on with the session; `detail` says how long it had none. */
  | "session.restored";

/** How well the agent's picture was found to be the customer's page. */
export interface Fidelity {
  /** Parts of it that were compared. */
  compared: number;
  /** Those that differed and were sent anew. */
  repaired: number;
}

/** Something that happened in a session, as the audit stores it: no content, no secrets, no query string. */
export interface AuditEntry {
  /** As it is after the event. */
  session: AuditedSession;
  event: AuditEvent;
  /**
   * Its number among the session's events: a repeat has the same, one that comes later a higher one. What the rules
   * know nothing of has none, and is not repeated.
   */
  serial?: number;
  /** Milliseconds since 1970. */
  at: number;
  /** Number of the participant who caused it. */
  by?: number;
  /** What was asked for, from whom to whom, and the like; words and numbers of the protocol only. */
  detail?: string;
  /** With the end of a session. */
  fidelity?: Fidelity;
}
