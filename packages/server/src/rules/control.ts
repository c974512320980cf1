import { CataloguedError, controlLevels, type GrantLevel } from "@copane/protocol";
import { activeAgent, agent, customerOnly, mayView } from "./lookup.ts";
import type { ControlTerms, Outcome, SessionCommand, SessionRecord, SessionSettings } from "./state.ts";

type ControlCommand = Extract<SessionCommand, { t: `control.${string}` }>;
type RequestCommand = Extract<ControlCommand, { t: "control.request" }>;

/**
 * Who acts in the page besides the customer. Avaya: the agent requests; the customer grants or denies, and
 * may revoke at any time; the agent may release or cancel at any time.
 */
export function control(
  session: SessionRecord,
  command: ControlCommand,
  now: number,
  settings: SessionSettings,
): Outcome {
  switch (command.t) {
    case "control.request":
      return request(session, command, now, settings);
    case "control.release":
      return release(session, agent(session, command.by).number);
  }
  customerOnly(session, command.by);
  switch (command.t) {
    case "control.grant":
      return grant(session, now);
    case "control.deny":
      return deny(session, command.by);
    case "control.revoke":
      return revoke(session, command.by);
  }
}

/** Takes back a request that waits, as the agent or as circumstances would. */
export function cancelRequest(session: SessionRecord, by: number): Outcome {
  if (session.pending === undefined) return { session, happened: [] };
  return { session: withoutControl(session), happened: [{ event: "control.cancelled", by }] };
}

/** What an agent who goes, or hands over, had of control: a request or a grant. */
export function letGo(session: SessionRecord, by: number): Outcome {
  if (session.pending === by) return cancelRequest(session, by);
  if (session.holder !== by) return { session, happened: [] };
  return { session: withoutControl(session), happened: [{ event: "control.released", by }] };
}

/** A grant that was given for a time is over when the time is. */
export function expireGrant(session: SessionRecord, now: number): Outcome {
  const { holder, holdsUntil } = session;
  if (holder === undefined || holdsUntil === undefined || now < holdsUntil) return { session, happened: [] };
  return { session: withoutControl(session), happened: [{ event: "control.expired", by: holder }] };
}

function request(
  session: SessionRecord,
  command: RequestCommand,
  now: number,
  settings: SessionSettings,
): Outcome {
  const { by } = command;
  activeAgent(session, by);
  if (session.paused) throw new CataloguedError("SESSION_PAUSED");
  if (session.holder !== undefined) throw new CataloguedError("CONTROL_ALREADY_HELD");
  if (session.pending !== undefined) throw new CataloguedError("CONTROL_ALREADY_PENDING");
  if (!session.participants.some(({ role }) => role === "customer"))
    throw new CataloguedError("PEER_MISSING");
  if (!mayView(session, settings)) throw new CataloguedError("CONSENT_MISSING");
  const terms = termsOf(command, settings);
  const { level, forMs } = terms;
  const detail = {
    level,
    ...(forMs === undefined ? {} : { forMs }),
    ...(terms.scope === undefined ? {} : { scoped: 1 }),
  };
  const asked: Outcome = {
    session: { ...session, pending: by, terms },
    happened: [{ event: "control.requested", by, detail }],
  };
  if (settings.consent.includes("control")) return asked;
  // The site's policy grants by itself; the customer is told, and may revoke.
  const granted = grant(asked.session, now);
  return { session: granted.session, happened: [...asked.happened, ...granted.happened] };
}

/** What is asked for, where the site allows it; without a wish the highest it allows. */
function termsOf({ level, scope, minutes }: RequestCommand, { controlLevel }: SettingsOfLevel): ControlTerms {
  const wanted = level ?? controlLevel;
  const granted = wanted === "scroll" || wanted === "full";
  if (!granted || controlLevels.indexOf(wanted) > controlLevels.indexOf(controlLevel)) {
    throw new CataloguedError("LEVEL_NOT_ALLOWED");
  }
  return {
    level: wanted satisfies GrantLevel,
    ...(scope === undefined ? {} : { scope }),
    ...(minutes === undefined ? {} : { forMs: Math.round(minutes * 60_000) }),
  };
}
type SettingsOfLevel = Pick<SessionSettings, "controlLevel">;

/** Gives control back, or takes back a request that waits. */
function release(session: SessionRecord, by: number): Outcome {
  if (session.pending !== by && session.holder !== by) throw new CataloguedError("CONTROL_NOT_HELD");
  return letGo(session, by);
}

function grant(session: SessionRecord, now: number): Outcome {
  const { pending, ...rest } = session;
  if (pending === undefined) throw new CataloguedError("CONTROL_NOT_REQUESTED");
  const forMs = session.terms?.forMs;
  return {
    session: { ...rest, holder: pending, ...(forMs === undefined ? {} : { holdsUntil: now + forMs }) },
    happened: [{ event: "control.granted", by: pending }],
  };
}

function deny(session: SessionRecord, by: number): Outcome {
  if (session.pending === undefined) throw new CataloguedError("CONTROL_NOT_REQUESTED");
  return { session: withoutControl(session), happened: [{ event: "control.denied", by }] };
}

function revoke(session: SessionRecord, by: number): Outcome {
  if (session.holder === undefined) throw new CataloguedError("CONTROL_NOT_HELD");
  return { session: withoutControl(session), happened: [{ event: "control.revoked", by }] };
}

function withoutControl(session: SessionRecord): SessionRecord {
  const { holder: _holder, pending: _pending, terms: _terms, holdsUntil: _until, ...rest } = session;
  return rest;
}
