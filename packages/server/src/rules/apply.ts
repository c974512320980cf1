import { CataloguedError, CUSTOMER_NUMBER, type CustomerView } from "@copane/protocol";
import { close, withoutPassphrase } from "./close.ts";
import { consent } from "./consent.ts";
import { cancelRequest, control, expireGrant } from "./control.ts";
import { expireHandover, handover } from "./handover.ts";
import { inTurn } from "./in-turn.ts";
import { expireInvites, invite } from "./invite.ts";
import { announce, enter, joinInvited, joinSupervisor, leaveAlone, picture } from "./join.ts";
import { customerOnly, ownerOf, participant, waitsForAgent, withParticipant } from "./lookup.ts";
import { match } from "./match.ts";
import { followPolicy } from "./policy.ts";
import { cancelProposal, expireProposal, proposal } from "./proposal.ts";
import type { Outcome, Participant, SessionCommand, SessionRecord, SessionSettings } from "./state.ts";
import { idleDeadline } from "./timing.ts";

/**
 * The next state of a session, and what happened. Pure: time comes in, nothing goes out.
 * Throws CataloguedError when the rules forbid the command; the session is then as it was.
 * Source of the rules: Avaya's documentation of sessions (spec section 3).
 */
export function apply(
  session: SessionRecord,
  command: SessionCommand,
  now: number,
  settings: SessionSettings,
): Outcome {
  if (session.closed) throw new CataloguedError("SESSION_CLOSED");
  const outcome = discreet(session, perform(session, command, now, settings));
  return "by" in command ? active(outcome, command, now) : outcome;
}

/** Marks what tells of somebody of whom the customer is not told. */
function discreet(before: SessionRecord, { session, happened }: Outcome): Outcome {
  const silent = (number: number | undefined) =>
    number !== undefined &&
    (
      session.participants.find((one) => one.number === number) ??
      before.participants.find((one) => one.number === number)
    )?.silent;
  const colleagues = (event: string) => event.startsWith("invite.") || /^handover\.(?!accepted)/.test(event);
  const marked = happened.map((one) =>
    silent(one.by) || colleagues(one.event) ? { ...one, silent: true as const } : one,
  );
  return { session, happened: marked };
}

function perform(
  session: SessionRecord,
  command: SessionCommand,
  now: number,
  settings: SessionSettings,
): Outcome {
  switch (command.t) {
    case "customer.join":
      return joinCustomer(session, command, now);
    case "agent.join":
      return joinReserved(session, now);
    case "agent.live.join":
      return joinLive(session, command, now, settings);
    case "agent.waiting.join":
      return joinWaiting(session, command, now, settings);
    case "invite.join":
      return joinInvited(session, command, now, settings);
    case "supervisor.join":
      return joinSupervisor(session, command, now, settings);
    case "agent.announce":
      return announce(session, command.by);
    case "picture.fail":
    case "picture.show":
      return picture(session, command.by, command.t === "picture.fail");
    case "invite.create":
      return invite(session, command, now, settings);
    case "connect":
      return connect(session, command.by, command.page);
    case "disconnect":
      return disconnect(session, command.by, now);
    case "session.leave":
      return leave(session, command.by, command.reason);
    case "session.cancel":
      return close(session, "cancelled");
    case "control.request":
    case "control.release":
    case "control.grant":
    case "control.deny":
    case "control.revoke":
      return control(session, command, now, settings);
    case "handover.offer":
    case "handover.accept":
    case "handover.decline":
    case "handover.cancel":
      return handover(session, command, now, settings);
    case "consent.give":
    case "consent.refuse":
      return consent(session, command, settings);
    case "proposal.make":
    case "proposal.accept":
    case "proposal.decline":
    case "proposal.refuse":
    case "proposal.cancel":
      return proposal(session, command, now, settings);
    case "match.commit":
    case "match.answer":
    case "match.reveal":
    case "match.restart":
    case "match.confirm":
    case "match.refuse":
      return match(session, command, settings);
    case "session.pause":
      return pause(session, command.by);
    case "session.resume":
      return resume(session, command.by);
    case "session.continue":
    case "activity":
      participant(session, command.by);
      return { session, happened: [] };
    case "policy.change":
      return followPolicy(session, now, settings);
    case "session.shutdown":
      return close(session, "server_shutdown");
    case "tick":
      return tick(session, now, settings);
  }
}

function joinCustomer(
  session: SessionRecord,
  { name, customer: known }: { name: string; customer?: CustomerView },
  now: number,
): Outcome {
  if (session.participants.some(({ role }) => role === "customer"))
    throw new CataloguedError("ALREADY_JOINED");
  if (!session.passphrase) throw new CataloguedError("PASSPHRASE_UNKNOWN");
  const customer: Participant = {
    number: CUSTOMER_NUMBER,
    role: "customer",
    name,
    connected: false,
    awaySince: now,
  };
  const joined = {
    ...withoutPassphrase(session),
    participants: [customer, ...session.participants],
    ...(known ? { customer: known } : {}),
    activeAt: now,
  };
  return { session: joined, happened: [{ event: "customer.joined", by: 0 }] };
}

function joinReserved(session: SessionRecord, now: number): Outcome {
  const { reserved } = session;
  // The second step may be repeated: the agent's page may have lost the answer.
  if (!reserved) return { session, happened: [] };
  const agent: Participant = { ...reserved, role: "agent", part: "agent", connected: false, awaySince: now };
  const { reserved: _, ...rest } = session;
  return {
    session: { ...rest, lead: agent.number, participants: [...session.participants, agent] },
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
    throw new CataloguedError("CUSTOMER_NOT_WAITING");
  if (!session.passphrase) throw new CataloguedError("PASSPHRASE_UNKNOWN");
  const entered = enter(session, { name, agentId, part: "agent" }, now, settings);
  return { ...entered, session: { ...withoutPassphrase(entered.session), lead: session.nextNumber } };
}

/** Without the key, which is used up all the same: who waits is waited for no more. */
function joinWaiting(
  session: SessionRecord,
  { name, agentId }: { name: string; agentId: string },
  now: number,
  settings: SessionSettings,
): Outcome {
  if (!waitsForAgent(session)) throw new CataloguedError("CUSTOMER_NOT_WAITING");
  const entered = enter(session, { name, agentId, part: "agent" }, now, settings);
  return { ...entered, session: { ...withoutPassphrase(entered.session), lead: session.nextNumber } };
}

function connect(given: SessionRecord, by: number, page: number | undefined): Outcome {
  // Another page of the agent may show what the last one could not; else it says so again.
  const { awaySince: _, unseeing: __, ...known } = participant(given, by);
  const session = known.role === "customer" ? withPage(given, page) : given;
  if (known.role !== "customer" && page !== undefined) throw new CataloguedError("CUSTOMER_ONLY");
  if (known.connected) return { session, happened: [] };
  const event = known.role === "customer" ? "customer.connected" : "agent.connected";
  return { session: withParticipant(session, { ...known, connected: true }), happened: [{ event, by }] };
}

/** A page that has no number yet takes the next one. Throws PAGE_UNKNOWN for a number that was never given. */
function withPage(session: SessionRecord, page: number | undefined): SessionRecord {
  if (page === undefined) return { ...session, nextPage: session.nextPage + 1 };
  if (page < 1 || page >= session.nextPage) throw new CataloguedError("PAGE_UNKNOWN");
  return session;
}

function disconnect(session: SessionRecord, by: number, now: number): Outcome {
  const known = participant(session, by);
  if (!known.connected) return { session, happened: [] };
  const event = known.role === "customer" ? "customer.disconnected" : "agent.disconnected";
  const away = withParticipant(session, { ...known, connected: false, awaySince: now });
  // The page that holds the proposal is gone with its connection, or will not know it any more.
  const cleared = known.role === "customer" ? cancelProposal(away, by) : { session: away, happened: [] };
  return { session: cleared.session, happened: [...cleared.happened, { event, by }] };
}

/**
 * Logout by either side closes the session for both (Avaya). Only an agent who does not lead it, having come
 * in beside another or handed over, leaves alone.
 */
function leave(session: SessionRecord, by: number, reason: string | undefined): Outcome {
  const { role } = participant(session, by);
  if (role === "agent" && session.lead !== by) return leaveAlone(session, by);
  // Pages end an idle session by logging out with this reason.
  if (reason === "inactive_timeout" || reason === "session_timeout") return close(session, reason, { by });
  return close(session, role === "customer" ? "customer_left" : "agent_left", { given: reason, by });
}

function pause(session: SessionRecord, by: number): Outcome {
  customerOnly(session, by);
  if (session.paused) throw new CataloguedError("SESSION_PAUSED");
  // Avaya: only the customer pauses, and only while in control.
  if (session.holder !== undefined) throw new CataloguedError("PAUSE_NEEDS_CONTROL");
  const cleared = inTurn(
    session,
    (now) => cancelRequest(now, by),
    (now) => cancelProposal(now, by),
  );
  return {
    session: { ...cleared.session, paused: true },
    happened: [...cleared.happened, { event: "session.paused", by }],
  };
}

function resume(session: SessionRecord, by: number): Outcome {
  customerOnly(session, by);
  if (!session.paused) throw new CataloguedError("SESSION_NOT_PAUSED");
  return { session: { ...session, paused: false }, happened: [{ event: "session.resumed", by }] };
}

/** What time alone brings about. */
function tick(session: SessionRecord, now: number, settings: SessionSettings): Outcome {
  if (now >= session.createdAt + settings.sessionTimeoutMs) return close(session, "session_timeout");
  const idleAt = idleDeadline(session, settings) ?? Number.POSITIVE_INFINITY;
  // A customer to whom no agent came was not idle: they waited.
  if (now >= idleAt) return close(session, session.lead === undefined ? "not_joined" : "inactive_timeout");
  const lost = session.participants.filter(
    ({ awaySince }) => awaySince !== undefined && now >= awaySince + settings.reconnectGraceMs,
  );
  const ends = lost.find(({ role, number }) => role === "customer" || number === session.lead);
  if (ends) return close(session, "connection_lost", { by: ends.number });
  const expired = inTurn(
    session,
    ...lost.map(
      ({ number }) =>
        (before: SessionRecord) =>
          leaveAlone(before, number),
    ),
    (before) => expireGrant(before, now),
    (before) => expireProposal(before, now),
    (before) => expireHandover(before, now),
    (before) => expireInvites(before, now),
  );
  let next = expired.session;
  const happened = [...expired.happened];
  if (next.passphraseExpiresAt !== undefined && now >= next.passphraseExpiresAt) {
    next = withoutPassphrase(next);
    // Nobody can come any more to what an agent prepared. A customer's own session goes on (Avaya).
    if (next.initiator === "agent")
      return close(next, "cancelled", { text: "The key was not used in time." });
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
  const silent = command.t === "connect" || command.t === "disconnect";
  if (session.closed || silent) return { session, happened };
  const mayContinue = command.t === "session.continue" || ownerOf(session, command.by);
  if (!mayContinue) return { session, happened };
  const woken = session.warned
    ? [...happened, { event: "session.active" as const, by: command.by }]
    : happened;
  return { session: { ...session, activeAt: now, warned: false }, happened: woken };
}
