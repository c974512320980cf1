import {
  type ControlView,
  CUSTOMER_NUMBER,
  formatPassphrase,
  type LiveSession,
  type ParticipantView,
  type Role,
  type SessionState,
  type SessionView,
} from "@copane/protocol";
import { endingFor } from "./ending.ts";
import { referenceOf, waitsForAgent } from "./lookup.ts";
import { matchOf } from "./match.ts";
import type { SessionRecord, SessionSettings } from "./state.ts";
import { idleDeadline } from "./timing.ts";

/** What participant `viewer` may know. The passphrase goes to the initiator's side only. */
export function viewOf(
  session: SessionRecord,
  viewer: number,
  now: number,
  settings: SessionSettings,
): SessionView {
  const role = viewer === CUSTOMER_NUMBER ? "customer" : "agent";
  const { passphrase, passphraseExpiresAt, closed, handover, proposal } = session;
  const match = closed ? undefined : matchOf(session, settings);
  const left = (until: number) => Math.max(0, until - now);
  return {
    id: session.id,
    state: stateOf(session),
    initiator: session.initiator,
    locale: session.locale,
    ...(passphrase && role === session.initiator
      ? {
          passphrase: formatPassphrase(passphrase),
          ...(passphraseExpiresAt === undefined ? {} : { passphraseEndsInMs: left(passphraseExpiresAt) }),
        }
      : {}),
    participants: participantsFor(session, role),
    ...(role === "agent" && session.customer ? { customer: session.customer } : {}),
    ...(role === "customer" && isFindable(session, settings) ? { findable: true as const } : {}),
    control: controlView(session, now, settings),
    consent: {
      needed: settings.consent.filter((what) => what !== "control"),
      given: [...session.consents.given],
      refused: [...session.consents.refused],
    },
    ...(session.lead === undefined ? {} : { lead: session.lead }),
    ...(role === "agent" && handover
      ? { handover: { from: handover.from, to: handover.to, endsInMs: left(handover.until) } }
      : {}),
    ...(match ? { match: { ...match, confirmed: [...match.confirmed] } } : {}),
    ...(role === "agent" && settings.silentObservers ? { silentAllowed: true as const } : {}),
    ...(proposal ? { proposal: { by: proposal.by, endsInMs: left(proposal.until) } } : {}),
    ...(session.warned
      ? { idleClosesInMs: Math.max(0, (idleDeadline(session, settings) ?? now) - now) }
      : {}),
    timeoutInMs: Math.max(0, session.createdAt + settings.sessionTimeoutMs - now),
    ...(closed ? { closeReason: endingFor(closed, viewer, session) } : {}),
  };
}

/** Whether agents can come in without the key. */
function isFindable(session: SessionRecord, { presence }: SessionSettings): boolean {
  return referenceOf(session) !== undefined || (presence && waitsForAgent(session));
}

/** Who is here, as far as this side may know. */
function participantsFor(session: SessionRecord, role: Role): ParticipantView[] {
  return session.participants
    .filter(({ silent }) => role === "agent" || !silent)
    .map(({ number, role, name, connected, part, silent, unseeing }) => ({
      number,
      role,
      name,
      connected,
      ...(part ? { part } : {}),
      ...(silent ? { silent } : {}),
      ...(unseeing ? { unseeing } : {}),
    }));
}

function controlView(
  { holder, pending, terms, holdsUntil }: SessionRecord,
  now: number,
  { controlLevel }: SessionSettings,
): ControlView {
  const endsInMs = holdsUntil === undefined ? terms?.forMs : Math.max(0, holdsUntil - now);
  return {
    ...(holder === undefined ? {} : { holder }),
    ...(pending === undefined ? {} : { pending }),
    ...(terms ? { level: terms.level } : {}),
    ...(terms?.scope === undefined ? {} : { scope: terms.scope }),
    ...(endsInMs === undefined ? {} : { endsInMs }),
    highest: controlLevel,
  };
}

/** A session under way, as who oversees may know it. */
export function liveView(session: SessionRecord, now: number): LiveSession {
  const { id, initiator, locale, createdAt, holder } = session;
  return {
    id,
    state: openState(session),
    initiator,
    locale,
    createdAt: new Date(createdAt).toISOString(),
    sinceMs: now - createdAt,
    participants: participantsFor(session, "agent"),
    ...(session.customer ? { customer: session.customer } : {}),
    ...(holder === undefined ? {} : { holder }),
  };
}

function stateOf(session: SessionRecord): SessionState {
  return session.closed ? "closed" : openState(session);
}

function openState(session: SessionRecord): LiveSession["state"] {
  if (session.paused) return "paused";
  const customer = session.participants.some(({ role }) => role === "customer");
  const agent = session.participants.some(({ role }) => role === "agent");
  return customer && agent ? "active" : "waiting";
}
