import { CUSTOMER_NUMBER } from "@copane/protocol";
import { inTurn } from "./in-turn.ts";
import { cancelProposal } from "./proposal.ts";
import type { Outcome, Participant, SessionHappening, SessionRecord, SessionSettings } from "./state.ts";

/**
 * Numbers of pages that may have been given and not stored before a server died: a page's number is not waited for.
 * A page that comes back with one of them is known.
 */
const PAGES_NOT_STORED = 256;

/**
 * A session goes on that was stored and had no server from `lostAt` until `now`. Nobody is connected; who was has the
 * whole grace to come back, unless the server was away for longer than that: then the next tick ends the session as
 * any other that was left. Everything else counts the time in between.
 */
export function takeUp(
  session: SessionRecord,
  lostAt: number,
  now: number,
  settings: SessionSettings,
): Outcome {
  if (session.closed) return { session, happened: [] };
  const inTime = now - lostAt < settings.reconnectGraceMs;
  const gone = session.participants.filter(({ connected }) => connected);
  const away = (one: Participant): Participant =>
    one.connected ? { ...one, connected: false, awaySince: inTime ? now : lostAt } : one;
  const happened = gone.map(
    ({ role, number, silent }): SessionHappening => ({
      event: role === "customer" ? "customer.disconnected" : "agent.disconnected",
      by: number,
      ...(silent ? { silent } : {}),
    }),
  );
  return inTurn(
    {
      ...session,
      participants: session.participants.map(away),
      nextPage: session.nextPage + PAGES_NOT_STORED,
      activeAt: inTime ? activeAt(session, now, settings) : session.activeAt,
    },
    // The page that holds the proposal will not know it any more.
    (before) => cancelProposal(before, CUSTOMER_NUMBER),
    (before) => ({ session: before, happened }),
  );
}

/**
 * Nobody could show that they are there while the server was away: the time counts, but whoever it would make idle is
 * warned first.
 */
function activeAt(
  { activeAt, initiator }: SessionRecord,
  now: number,
  { agentIdleMs, customerIdleMs, idleWarningMs }: SessionSettings,
): number {
  const idleMs = initiator === "agent" ? agentIdleMs : customerIdleMs;
  return Math.max(activeAt, now - idleMs + idleWarningMs);
}
