import type { CloseCode } from "@copane/protocol";
import type { SessionRecord, SessionSettings } from "./state.ts";

/** What people are told when no reason was given. `rules/ending.ts` has what else one of them is told. */
export const reasons: Record<CloseCode, string> = {
  not_joined: "The session ended because no agent joined.",
  inactive_timeout: "The session ended because nothing happened for a while.",
  session_timeout: "The session ended because it reached its longest time.",
  customer_left: "The customer ended the session.",
  agent_left: "The agent ended the session.",
  connection_lost: "The session ended because a connection was lost for too long.",
  cancelled: "The session was cancelled.",
  server_shutdown: "The session ended because the server is shutting down.",
};

/**
 * When the owner's idleness closes the session. An agent who waits for the customer to join is not idle:
 * the passphrase's own life bounds that wait.
 */
export function idleDeadline(session: SessionRecord, settings: SessionSettings): number | undefined {
  if (session.initiator === "customer") return session.activeAt + settings.customerIdleMs;
  const customer = session.participants.some(({ role }) => role === "customer");
  return customer ? session.activeAt + settings.agentIdleMs : undefined;
}

/** When time alone will next change the session; undefined once it is closed. */
export function nextDeadline(session: SessionRecord, settings: SessionSettings): number | undefined {
  if (session.closed) return undefined;
  const deadlines = [session.createdAt + settings.sessionTimeoutMs];
  const idleAt = idleDeadline(session, settings);
  if (idleAt !== undefined) deadlines.push(session.warned ? idleAt : idleAt - settings.idleWarningMs);
  if (session.passphraseExpiresAt !== undefined) deadlines.push(session.passphraseExpiresAt);
  for (const at of [session.holdsUntil, session.handover?.until, session.proposal?.until]) {
    if (at !== undefined) deadlines.push(at);
  }
  for (const { until } of session.invites) deadlines.push(until);
  for (const { awaySince } of session.participants) {
    if (awaySince !== undefined) deadlines.push(awaySince + settings.reconnectGraceMs);
  }
  return Math.min(...deadlines);
}
