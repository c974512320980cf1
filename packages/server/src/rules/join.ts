import { CataloguedError, limits, type Part } from "@copane/protocol";
import { letGo } from "./control.ts";
import { withoutHandover } from "./handover.ts";
import { agent, withParticipant } from "./lookup.ts";
import { withoutProposal } from "./proposal.ts";
import type { Outcome, Participant, SessionHappening, SessionRecord, SessionSettings } from "./state.ts";

interface Newcomer {
  name: string;
  agentId: string;
  part: Part;
  silent?: boolean;
}

/** One more agent comes in. Throws SESSION_FULL when there are as many as may be. */
export function enter(
  session: SessionRecord,
  { name, agentId, part, silent }: Newcomer,
  now: number,
  settings: SessionSettings,
): Outcome {
  const agents = session.participants.filter(({ role }) => role === "agent").length;
  const number = session.nextNumber;
  if (agents >= settings.maxViewers || number > limits.participantNumber) {
    throw new CataloguedError("SESSION_FULL");
  }
  const newcomer: Participant = {
    number,
    role: "agent",
    part,
    ...(silent ? { silent: true } : {}),
    name,
    agentId,
    connected: false,
    awaySince: now,
  };
  return {
    session: { ...session, participants: [...session.participants, newcomer], nextNumber: number + 1 },
    happened: [{ event: "agent.joined", by: number, detail: { part, ...(silent ? { silent: 1 } : {}) } }],
  };
}

/** A colleague comes in by an invitation, which is used up by it. */
export function joinInvited(
  session: SessionRecord,
  { key, name, agentId }: { key: string; name: string; agentId: string },
  now: number,
  settings: SessionSettings,
): Outcome {
  const invitation = session.invites.find((one) => one.key === key);
  if (!invitation || now >= invitation.until) throw new CataloguedError("INVITE_UNKNOWN");
  const { part } = invitation;
  // The policy may have changed since.
  const silent = invitation.silent && settings.silentObservers;
  const invites = session.invites.filter((one) => one !== invitation);
  return enter({ ...session, invites }, { name, agentId, part, silent }, now, settings);
}

/** A supervisor needs no invitation. */
export function joinSupervisor(
  session: SessionRecord,
  { name, agentId, silent }: { name: string; agentId: string; silent: boolean },
  now: number,
  settings: SessionSettings,
): Outcome {
  // There is nothing to watch over before an agent is in.
  if (session.lead === undefined) throw new CataloguedError("PEER_MISSING");
  if (silent && !settings.silentObservers) throw new CataloguedError("SILENT_NOT_ALLOWED");
  return enter(session, { name, agentId, part: "supervisor", silent }, now, settings);
}

/** A silent participant shows itself to the customer. */
export function announce(session: SessionRecord, by: number): Outcome {
  const { silent, ...known } = agent(session, by);
  if (!silent) return { session, happened: [] };
  return { session: withParticipant(session, known), happened: [{ event: "agent.announced", by }] };
}

/** An agent's screen cannot show the customer's page, or can again. */
export function picture(session: SessionRecord, by: number, failed: boolean): Outcome {
  const { unseeing, ...known } = agent(session, by);
  if (failed === (unseeing === true)) return { session, happened: [] };
  const next = failed ? { ...known, unseeing: true as const } : known;
  const event = failed ? "picture.failed" : "picture.shown";
  return { session: withParticipant(session, next), happened: [{ event, by }] };
}

/** An agent goes and the session stays; whatever it had begun goes with it. */
export function leaveAlone(session: SessionRecord, by: number): Outcome {
  const happened: SessionHappening[] = [];
  const { session: free, happened: released } = letGo(session, by);
  happened.push(...released);
  let next = free;
  if (next.proposal?.by === by) {
    next = withoutProposal(next);
    happened.push({ event: "proposal.cancelled", by });
  }
  if (next.handover?.from === by || next.handover?.to === by) {
    next = withoutHandover(next);
    happened.push({ event: "handover.cancelled", by });
  }
  happened.push({ event: "agent.left", by });
  const participants = next.participants.filter(({ number }) => number !== by);
  return { session: { ...next, participants }, happened };
}
