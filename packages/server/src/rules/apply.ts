import { type CloseCode, type CloseReason, CopaneError } from "@copane/protocol";
import { cancelRequest, control } from "./control.ts";
import { ownerOf, participant, withParticipant } from "./lookup.ts";
import type {
  Outcome,
  Participant,
  SessionCommand,
  SessionHappening,
  SessionRecord,
  SessionSettings,
} from "./state.ts";
import { idleDeadline, reasons } from "./timing.ts";

/**
 * The next state of a session, and what happened. Pure: time comes in, nothing goes out.
 * Throws CopaneError when the rules forbid the command; the session is then as it was.
 * Source of the rules: Avaya's documentation of sessions (spec section 3).
 */
export function apply(
  session: SessionRecord,
  command: SessionCommand,
  now: number,
  settings: SessionSettings,
): Outcome {
  if (session.closed) throw new CopaneError("SESSION_CLOSED");
  const outcome = perform(session, command, now, settings);
  return "by" in command ? active(outcome, command, now) : outcome;
}

function perform(
  session: SessionRecord,
  command: SessionCommand,
  now: number,
  settings: SessionSettings,
): Outcome {
  switch (command.type) {
    case "joinCustomer":
      return joinCustomer(session, command.name, now);
    case "joinReserved":
      return joinReserved(session, now);
    case "joinLive":
      return joinLive(session, command, now, settings);
    case "connect":
      return connect(session, command.by);
    case "disconnect":
      return disconnect(session, command.by, now);
    case "leave":
      return leave(session, command.by, command.reason);
    case "cancel":
      return close(session, "cancelled");
    case "requestControl":
    case "releaseControl":
    case "grantControl":
    case "denyControl":
    case "revokeControl":
      return control(session, command);
    case "pause":
      return pause(session, command.by);
    case "resume":
      return resume(session, command.by);
    case "continue":
    case "activity":
      participant(session, command.by);
      return { session, happened: [] };
    case "shutdown":
      return close(session, "server_shutdown");
    case "tick":
      return tick(session, now, settings);
  }
}

function joinCustomer(session: SessionRecord, name: string, now: number): Outcome {
  if (session.participants.some(({ role }) => role === "customer")) throw new CopaneError("ALREADY_JOINED");
  if (!session.passphrase) throw new CopaneError("PASSPHRASE_UNKNOWN");
  const customer: Participant = { number: 0, role: "customer", name, connected: false, awaySince: now };
  const joined = {
    ...withoutPassphrase(session),
    participants: [customer, ...session.participants],
    activeAt: now,
  };
  return { session: joined, happened: [{ event: "customer.joined", by: 0 }] };
}

function joinReserved(session: SessionRecord, now: number): Outcome {
  const { reserved } = session;
  // The second step may be repeated: the agent's page may have lost the answer.
  if (!reserved) return { session, happened: [] };
  const agent: Participant = { ...reserved, role: "agent", connected: false, awaySince: now };
  const { reserved: _, ...rest } = session;
  return {
    session: { ...rest, participants: [...session.participants, agent] },
    happened: [{ event: "agent.joined", by: agent.number }],
  };
}

function joinLive(
  session: SessionRecord,
  { name, agentId }: { name: string; agentId: string },
  now: number,
  settings: SessionSettings,
): Outcome {
  if (!session.participants.some(({ role }) => role === "customer"))
    throw new CopaneError("CUSTOMER_NOT_WAITING");
  if (session.participants.filter(({ role }) => role === "agent").length >= settings.maxViewers) {
    throw new CopaneError("SESSION_FULL");
  }
  if (!session.passphrase) throw new CopaneError("PASSPHRASE_UNKNOWN");
  const number = session.nextNumber;
  const agent: Participant = { number, role: "agent", name, agentId, connected: false, awaySince: now };
  const joined = {
    ...withoutPassphrase(session),
    participants: [...session.participants, agent],
    nextNumber: number + 1,
  };
  return { session: joined, happened: [{ event: "agent.joined", by: number }] };
}

function connect(session: SessionRecord, by: number): Outcome {
  const { awaySince: _, ...known } = participant(session, by);
  if (known.connected) return { session, happened: [] };
  const event = known.role === "customer" ? "customer.connected" : "agent.connected";
  return { session: withParticipant(session, { ...known, connected: true }), happened: [{ event, by }] };
}

function disconnect(session: SessionRecord, by: number, now: number): Outcome {
  const known = participant(session, by);
  if (!known.connected) return { session, happened: [] };
  const event = known.role === "customer" ? "customer.disconnected" : "agent.disconnected";
  const away = withParticipant(session, { ...known, connected: false, awaySince: now });
  return { session: away, happened: [{ event, by }] };
}

/** Logout by either side closes the session for both (Avaya). */
function leave(session: SessionRecord, by: number, reason: string | undefined): Outcome {
  const { role } = participant(session, by);
  // Pages end an idle session by logging out with this reason.
  if (reason === "inactive_timeout" || reason === "session_timeout")
    return close(session, reason, undefined, by);
  return close(session, role === "customer" ? "customer_left" : "agent_left", reason, by);
}

function pause(session: SessionRecord, by: number): Outcome {
  if (participant(session, by).role !== "customer") throw new CopaneError("CUSTOMER_ONLY");
  if (session.paused) throw new CopaneError("SESSION_PAUSED");
  // Avaya: only the customer pauses, and only while in control.
  if (session.holder !== undefined) throw new CopaneError("PAUSE_NEEDS_CONTROL");
  const cleared = cancelRequest(session, by);
  return {
    session: { ...cleared.session, paused: true },
    happened: [...cleared.happened, { event: "session.paused", by }],
  };
}

function resume(session: SessionRecord, by: number): Outcome {
  if (participant(session, by).role !== "customer") throw new CopaneError("CUSTOMER_ONLY");
  if (!session.paused) throw new CopaneError("SESSION_NOT_PAUSED");
  return { session: { ...session, paused: false }, happened: [{ event: "session.resumed", by }] };
}

/** What time alone brings about. */
function tick(session: SessionRecord, now: number, settings: SessionSettings): Outcome {
  if (now >= session.createdAt + settings.sessionTimeoutMs) return close(session, "session_timeout");
  const idleAt = idleDeadline(session, settings) ?? Number.POSITIVE_INFINITY;
  if (now >= idleAt) return close(session, "inactive_timeout");
  const lost = session.participants.find(
    ({ awaySince }) => awaySince !== undefined && now >= awaySince + settings.reconnectGraceMs,
  );
  if (lost) return close(session, "connection_lost", undefined, lost.number);
  let next = session;
  const happened: SessionHappening[] = [];
  if (next.passphraseExpiresAt !== undefined && now >= next.passphraseExpiresAt) {
    next = withoutPassphrase(next);
    // Nobody can come any more to what an agent prepared. A customer's own session goes on (Avaya).
    if (next.initiator === "agent") return close(next, "cancelled", "The key was not used in time.");
  }
  if (!next.warned && now >= idleAt - settings.idleWarningMs) {
    next = { ...next, warned: true };
    happened.push({ event: "session.idle" });
  }
  return { session: next, happened };
}

/** The owner's doings keep the session alive. */
function active(
  { session, happened }: Outcome,
  command: SessionCommand & { by: number },
  now: number,
): Outcome {
  const silent = command.type === "connect" || command.type === "disconnect";
  if (session.closed || silent) return { session, happened };
  const mayContinue = command.type === "continue" || ownerOf(session, command.by);
  if (!mayContinue) return { session, happened };
  const woken = session.warned
    ? [...happened, { event: "session.active" as const, by: command.by }]
    : happened;
  return { session: { ...session, activeAt: now, warned: false }, happened: woken };
}

function close(session: SessionRecord, code: CloseCode, text?: string, by?: number): Outcome {
  const role = by === undefined ? undefined : session.participants.find(({ number }) => number === by)?.role;
  const closed: CloseReason = { code, text: text || reasons[code], ...(role ? { by: role } : {}) };
  const { holder: _holder, pending: _pending, reserved: _reserved, ...rest } = withoutPassphrase(session);
  const happened: SessionHappening = { event: "session.closed", ...(by === undefined ? {} : { by }) };
  return { session: { ...rest, paused: false, closed }, happened: [happened] };
}

function withoutPassphrase(session: SessionRecord): SessionRecord {
  const { passphrase: _passphrase, passphraseExpiresAt: _expires, ...rest } = session;
  return rest;
}
