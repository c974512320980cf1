import type { CloseCode } from "@copane/protocol";

/** How sessions end: as the rules say, or with the server that held them. */
export type AuditOutcome = CloseCode | "server_lost";

export const outcomes: readonly AuditOutcome[] = [
  "customer_left",
  "agent_left",
  "not_joined",
  "inactive_timeout",
  "session_timeout",
  "connection_lost",
  "cancelled",
  "server_shutdown",
  "server_lost",
];
