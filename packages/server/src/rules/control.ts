import { CopaneError } from "@copane/protocol";
import { participant } from "./lookup.ts";
import type { Outcome, SessionCommand, SessionRecord } from "./state.ts";

type ControlCommand = Extract<SessionCommand, { type: `${string}Control` }>;

/**
 * Who acts in the page besides the customer. Avaya: the agent requests; the customer grants or denies, and
 * may revoke at any time; the agent may release or cancel at any time.
 */
export function control(session: SessionRecord, command: ControlCommand): Outcome {
  const { role } = participant(session, command.by);
  const agents = command.type === "requestControl" || command.type === "releaseControl";
  if (agents && role !== "agent") throw new CopaneError("AGENT_ONLY");
  if (!agents && role !== "customer") throw new CopaneError("CUSTOMER_ONLY");
  switch (command.type) {
    case "requestControl":
      return request(session, command.by);
    case "releaseControl":
      return release(session, command.by);
    case "grantControl":
      return grant(session);
    case "denyControl":
      return deny(session, command.by);
    case "revokeControl":
      return revoke(session, command.by);
  }
}

/** Takes back a request that waits, as the agent or as circumstances would. */
export function cancelRequest(session: SessionRecord, by: number): Outcome {
  if (session.pending === undefined) return { session, happened: [] };
  return { session: withoutPending(session), happened: [{ event: "control.cancelled", by }] };
}

function request(session: SessionRecord, by: number): Outcome {
  if (session.paused) throw new CopaneError("SESSION_PAUSED");
  if (session.holder !== undefined) throw new CopaneError("CONTROL_ALREADY_HELD");
  if (session.pending !== undefined) throw new CopaneError("CONTROL_ALREADY_PENDING");
  if (!session.participants.some(({ role }) => role === "customer")) throw new CopaneError("PEER_MISSING");
  return { session: { ...session, pending: by }, happened: [{ event: "control.requested", by }] };
}

/** Gives control back, or takes back a request that waits. */
function release(session: SessionRecord, by: number): Outcome {
  if (session.pending === by) return cancelRequest(session, by);
  if (session.holder !== by) throw new CopaneError("CONTROL_NOT_HELD");
  return { session: withoutHolder(session), happened: [{ event: "control.released", by }] };
}

function grant(session: SessionRecord): Outcome {
  const { pending } = session;
  if (pending === undefined) throw new CopaneError("CONTROL_NOT_REQUESTED");
  return {
    session: { ...withoutPending(session), holder: pending },
    happened: [{ event: "control.granted", by: pending }],
  };
}

function deny(session: SessionRecord, by: number): Outcome {
  if (session.pending === undefined) throw new CopaneError("CONTROL_NOT_REQUESTED");
  return { session: withoutPending(session), happened: [{ event: "control.denied", by }] };
}

function revoke(session: SessionRecord, by: number): Outcome {
  if (session.holder === undefined) throw new CopaneError("CONTROL_NOT_HELD");
  return { session: withoutHolder(session), happened: [{ event: "control.revoked", by }] };
}

function withoutPending(session: SessionRecord): SessionRecord {
  const { pending: _, ...rest } = session;
  return rest;
}

function withoutHolder(session: SessionRecord): SessionRecord {
  const { holder: _, ...rest } = session;
  return rest;
}
