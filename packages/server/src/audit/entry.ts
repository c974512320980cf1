import type { CloseCode, Role, SessionEvent } from "@copane/protocol";

/** What the audit knows of a session besides its events. Names are people's: they stay out of every log. */
export interface AuditedSession {
  id: string;
  initiator: Role;
  locale: string;
  createdAt: number;
  participants: readonly { number: number; role: Role; name: string; agentId?: string }[];
  closed?: { code: CloseCode; by?: Role };
}

/** Events of the session's rules, and those that only the audit has. */
export type AuditEvent =
  | SessionEvent
  /** The customer's page shows another address; `detail` is its path without the query. */
  | "page.visited"
  /** Somebody ended the session from the administration; `detail` is who. */
  | "session.ended";

/** How well the agent's picture was found to be the customer's page. */
export interface Fidelity {
  /** Parts of it that were compared. */
  compared: number;
  /** Those that differed and were sent anew. */
  repaired: number;
}

/** One row of the audit: never page content, never a query string. */
export interface AuditEntry {
  session: AuditedSession;
  event: AuditEvent;
  /** Milliseconds since 1970. */
  at: number;
  /** Number of the participant who caused it. */
  by?: number;
  detail?: string;
  /** With the end of a session. */
  fidelity?: Fidelity;
}

/** How sessions end: as the rules say, or with the server that held them. */
export type AuditOutcome = CloseCode | "server_lost";

export const outcomes: readonly AuditOutcome[] = [
  "customer_left",
  "agent_left",
  "inactive_timeout",
  "session_timeout",
  "connection_lost",
  "cancelled",
  "server_shutdown",
  "server_lost",
];
