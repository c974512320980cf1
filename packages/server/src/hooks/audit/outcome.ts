import type { AuditOutcome } from "@copane/protocol";

/** How sessions end. */
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
