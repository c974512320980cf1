import { formatPassphrase, type SessionState, type SessionView } from "@copane/protocol";
import type { SessionRecord, SessionSettings } from "./state.ts";
import { idleDeadline } from "./timing.ts";

/** What participant `viewer` may know. The passphrase goes to the initiator's side only. */
export function viewOf(
  session: SessionRecord,
  viewer: number,
  now: number,
  settings: SessionSettings,
): SessionView {
  const role = viewer === 0 ? "customer" : "agent";
  const { passphrase, closed } = session;
  return {
    id: session.id,
    state: stateOf(session),
    initiator: session.initiator,
    locale: session.locale,
    ...(passphrase && role === session.initiator ? { passphrase: formatPassphrase(passphrase) } : {}),
    participants: session.participants.map(({ number, role, name, connected }) => ({
      number,
      role,
      name,
      connected,
    })),
    control: {
      ...(session.holder === undefined ? {} : { holder: session.holder }),
      ...(session.pending === undefined ? {} : { pending: session.pending }),
    },
    ...(session.warned
      ? { idleClosesInMs: Math.max(0, (idleDeadline(session, settings) ?? now) - now) }
      : {}),
    timeoutInMs: Math.max(0, session.createdAt + settings.sessionTimeoutMs - now),
    ...(closed ? { closeReason: closed } : {}),
  };
}

function stateOf(session: SessionRecord): SessionState {
  if (session.closed) return "closed";
  if (session.paused) return "paused";
  const customer = session.participants.some(({ role }) => role === "customer");
  const agent = session.participants.some(({ role }) => role === "agent");
  return customer && agent ? "active" : "waiting";
}
