import { CataloguedError } from "@copane/protocol";
import { letGo } from "./control.ts";
import { mayAct, participant } from "./lookup.ts";
import type { Outcome, SessionCommand, SessionRecord, SessionSettings } from "./state.ts";

type HandoverCommand = Extract<SessionCommand, { t: `handover.${string}` }>;

/** A warm hand-over: the lead offers, the other agent accepts, and only then does the session change hands. */
export function handover(
  session: SessionRecord,
  command: HandoverCommand,
  now: number,
  settings: SessionSettings,
): Outcome {
  const { by } = command;
  participant(session, by);
  switch (command.t) {
    case "handover.offer":
      return offer(session, by, command.to, now, settings);
    case "handover.accept":
      return accept(session, by);
    case "handover.decline":
      return answered(session, "to", by, "handover.declined");
    case "handover.cancel":
      return answered(session, "from", by, "handover.cancelled");
  }
}

/** An offer that nobody accepted in time is off. */
export function expireHandover(session: SessionRecord, now: number): Outcome {
  if (session.handover === undefined || now < session.handover.until) return { session, happened: [] };
  return {
    session: withoutHandover(session),
    happened: [{ event: "handover.expired", by: session.handover.from }],
  };
}

export function withoutHandover(session: SessionRecord): SessionRecord {
  const { handover: _, ...rest } = session;
  return rest;
}

function offer(
  session: SessionRecord,
  from: number,
  to: number,
  now: number,
  { handoverMs }: SessionSettings,
): Outcome {
  if (session.lead !== from) throw new CataloguedError("NOT_IN_LEAD");
  if (session.handover !== undefined) throw new CataloguedError("HANDOVER_PENDING");
  const other = session.participants.find(({ number }) => number === to);
  if (other?.role !== "agent" || to === from || !mayAct(other) || !other.connected) {
    throw new CataloguedError("PARTICIPANT_UNKNOWN");
  }
  return {
    session: { ...session, handover: { from, to, until: now + handoverMs } },
    happened: [{ event: "handover.offered", by: from, detail: { to } }],
  };
}

/** The lead changes. What the customer granted, it granted to a person: control does not pass with it. */
function accept(session: SessionRecord, by: number): Outcome {
  const { handover } = session;
  if (handover?.to !== by) throw new CataloguedError("HANDOVER_MISSING");
  const { session: free, happened } = letGo(session, handover.from);
  return {
    session: { ...withoutHandover(free), lead: by },
    happened: [...happened, { event: "handover.accepted", by, detail: { from: handover.from } }],
  };
}

function answered(
  session: SessionRecord,
  side: "from" | "to",
  by: number,
  event: "handover.declined" | "handover.cancelled",
): Outcome {
  if (session.handover?.[side] !== by) throw new CataloguedError("HANDOVER_MISSING");
  return { session: withoutHandover(session), happened: [{ event, by }] };
}
