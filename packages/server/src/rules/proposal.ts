import { CataloguedError } from "@copane/protocol";
import { activeAgent, customerOnly, mayView } from "./lookup.ts";
import type { Outcome, SessionCommand, SessionHappening, SessionRecord, SessionSettings } from "./state.ts";

type ProposalCommand = Extract<SessionCommand, { t: `proposal.${string}` }>;

/**
 * An agent proposes one click or one value; the customer accepts or declines. What it is about is content,
 * which travels in a frame and is never known here.
 */
export function proposal(
  session: SessionRecord,
  command: ProposalCommand,
  now: number,
  settings: SessionSettings,
): Outcome {
  const { t, by } = command;
  if (t === "proposal.make") return propose(session, by, now, settings);
  if (t === "proposal.cancel") {
    activeAgent(session, by);
    if (session.proposal?.by !== by) throw new CataloguedError("PROPOSAL_MISSING");
    return cancelProposal(session, by);
  }
  customerOnly(session, by);
  if (session.proposal === undefined) throw new CataloguedError("PROPOSAL_MISSING");
  return { session: withoutProposal(session), happened: [{ event: answers[t], by }] };
}

const answers = {
  "proposal.accept": "proposal.accepted",
  "proposal.decline": "proposal.declined",
  "proposal.refuse": "proposal.refused",
} as const;

/** Takes a proposal back, as the agent or as circumstances would. */
export function cancelProposal(session: SessionRecord, by: number): Outcome {
  return ended(session, { event: "proposal.cancelled", by });
}

/** A proposal that was not answered in time is off. */
export function expireProposal(session: SessionRecord, now: number): Outcome {
  if (session.proposal === undefined || now < session.proposal.until) return { session, happened: [] };
  return ended(session, { event: "proposal.expired", by: session.proposal.by });
}

export function withoutProposal(session: SessionRecord): SessionRecord {
  const { proposal: _, ...rest } = session;
  return rest;
}

function propose(session: SessionRecord, by: number, now: number, settings: SessionSettings): Outcome {
  activeAgent(session, by);
  if (!settings.proposals || settings.controlLevel === "view") throw new CataloguedError("PROPOSALS_OFF");
  if (session.paused) throw new CataloguedError("SESSION_PAUSED");
  if (!mayView(session, settings)) throw new CataloguedError("CONSENT_MISSING");
  if (session.proposal !== undefined) throw new CataloguedError("PROPOSAL_PENDING");
  if (!session.participants.some(({ role, connected }) => role === "customer" && connected)) {
    throw new CataloguedError("PEER_MISSING");
  }
  return {
    session: { ...session, proposal: { by, until: now + settings.proposalMs } },
    happened: [{ event: "proposal.made", by }],
  };
}

function ended(session: SessionRecord, happening: SessionHappening): Outcome {
  if (session.proposal === undefined) return { session, happened: [] };
  return { session: withoutProposal(session), happened: [happening] };
}
