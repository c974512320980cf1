import { CataloguedError, type MatchView, type Role } from "@copane/protocol";
import { close } from "./close.ts";
import { participant } from "./lookup.ts";
import type { Outcome, SessionCommand, SessionHappening, SessionRecord, SessionSettings } from "./state.ts";

type MatchCommand = Extract<SessionCommand, { t: `match.${string}` }>;
type Side = { role: Role; match: MatchView };

/**
 * How far the two figures have come that both sides have to compare; undefined where nothing is to be compared (any
 * more). They are compared between the customer and the agent who leads.
 */
export function matchOf(session: SessionRecord, settings: SessionSettings): MatchView | undefined {
  const { lead, match, matched, participants } = session;
  if (!settings.numberMatch || matched || lead === undefined) return undefined;
  if (!participants.some(({ role }) => role === "customer")) return undefined;
  // What a former lead began counts no more.
  return match?.with === lead ? match : { with: lead, confirmed: [] };
}

/**
 * Both sides make the figures: the customer's commits itself to its random part, the agent's gives its own, then the
 * customer's shows what it had committed itself to. The server only keeps the order; who made what is checked by them.
 */
export function match(session: SessionRecord, command: MatchCommand, settings: SessionSettings): Outcome {
  const side = sideOf(session, command.by, settings);
  switch (command.t) {
    case "match.commit":
      return commit(session, side, command.by, command.commit);
    case "match.answer":
      return answer(session, side, command.by, command.nonce);
    case "match.reveal":
      return reveal(session, side, command.by, command.nonce);
    case "match.restart":
      return restart(session, side, command.by);
    case "match.confirm":
      return confirm(session, side, command.by);
    case "match.refuse":
      return close(session, "cancelled", {
        text: "The figures on the two screens were not the same.",
        by: command.by,
      });
  }
}

/** Which of the two sides this is. Throws MATCH_NOT_ASKED, or MATCH_OUT_OF_TURN for who is neither. */
function sideOf(session: SessionRecord, by: number, settings: SessionSettings): Side {
  const { role } = participant(session, by);
  const match = matchOf(session, settings);
  if (!match) throw new CataloguedError("MATCH_NOT_ASKED");
  if (role === "agent" && by !== match.with) throw new CataloguedError("MATCH_OUT_OF_TURN");
  return { role, match };
}

function inTurn(may: boolean): void {
  if (!may) throw new CataloguedError("MATCH_OUT_OF_TURN");
}

/** A new page of the customer's begins anew: it does not know what the former had committed itself to. */
function commit(session: SessionRecord, { role, match }: Side, by: number, commit: string): Outcome {
  inTurn(role === "customer");
  return to(session, { with: match.with, commit, confirmed: [] }, { event: "match.committed", by });
}

function answer(session: SessionRecord, { role, match }: Side, by: number, agentNonce: string): Outcome {
  inTurn(role === "agent" && match.commit !== undefined && match.agentNonce === undefined);
  return to(session, { ...match, agentNonce }, { event: "match.answered", by });
}

function reveal(session: SessionRecord, { role, match }: Side, by: number, customerNonce: string): Outcome {
  inTurn(role === "customer" && match.agentNonce !== undefined && match.customerNonce === undefined);
  return to(session, { ...match, customerNonce }, { event: "match.revealed", by });
}

/** A new page of the agent's does not know what the former gave. */
function restart(session: SessionRecord, { role, match }: Side, by: number): Outcome {
  inTurn(role === "agent");
  return to(session, { with: match.with, confirmed: [] }, { event: "match.restarted", by });
}

function confirm(session: SessionRecord, { role, match }: Side, by: number): Outcome {
  inTurn(match.customerNonce !== undefined);
  if (match.confirmed.includes(role)) return { session, happened: [] };
  const confirmed = [...match.confirmed, role];
  const happening: SessionHappening = { event: "match.confirmed", by };
  if (confirmed.length < 2) return to(session, { ...match, confirmed }, happening);
  const { match: _, ...rest } = session;
  return { session: { ...rest, matched: true }, happened: [happening] };
}

function to(session: SessionRecord, match: MatchView, happening: SessionHappening): Outcome {
  return { session: { ...session, match }, happened: [happening] };
}
