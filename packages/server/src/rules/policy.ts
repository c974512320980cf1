import { controlLevels } from "@copane/protocol";
import { cancelRequest, letGo } from "./control.ts";
import { inTurn } from "./in-turn.ts";
import { announce } from "./join.ts";
import { mayView } from "./lookup.ts";
import { cancelProposal } from "./proposal.ts";
import type { Outcome, SessionRecord, SessionSettings } from "./state.ts";
import { idleDeadline } from "./timing.ts";

/**
 * The site's policy is another one now: what it does not allow any more ends, who may not be hidden is shown, and
 * everybody is told how things stand.
 */
export function followPolicy(session: SessionRecord, now: number, settings: SessionSettings): Outcome {
  const { session: next, happened } = inTurn(
    session,
    ...session.participants
      .filter(({ silent }) => silent && !settings.silentObservers)
      .map(
        ({ number }) =>
          (before: SessionRecord) =>
            announce(before, number),
      ),
    (before) => withinLevel(before, settings),
    (before) => withoutForbiddenProposal(before, settings),
    (before) => unwarned(before, now, settings),
  );
  return { session: next, happened: [...happened, { event: "policy.changed" }] };
}

function withinLevel(session: SessionRecord, settings: SessionSettings): Outcome {
  const { terms, holder, pending } = session;
  const allowed = terms && controlLevels.indexOf(terms.level) <= controlLevels.indexOf(settings.controlLevel);
  if (allowed && mayView(session, settings)) return { session, happened: [] };
  if (holder !== undefined) return letGo(session, holder);
  return pending === undefined ? { session, happened: [] } : cancelRequest(session, pending);
}

function withoutForbiddenProposal(session: SessionRecord, settings: SessionSettings): Outcome {
  const allowed = settings.proposals && settings.controlLevel !== "view" && mayView(session, settings);
  if (allowed || session.proposal === undefined) return { session, happened: [] };
  return cancelProposal(session, session.proposal.by);
}

/** A longer idle time takes back a warning that came too early by it. */
function unwarned(session: SessionRecord, now: number, settings: SessionSettings): Outcome {
  const idleAt = idleDeadline(session, settings) ?? Number.POSITIVE_INFINITY;
  if (!session.warned || now >= idleAt - settings.idleWarningMs) return { session, happened: [] };
  return { session: { ...session, warned: false }, happened: [{ event: "session.active" }] };
}
