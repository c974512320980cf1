import { CataloguedError, type InvitedPart, limits } from "@copane/protocol";
import { activeAgent } from "./lookup.ts";
import type { Outcome, SessionRecord, SessionSettings } from "./state.ts";

interface InviteCommand {
  by: number;
  key: string;
  part: InvitedPart;
  silent: boolean;
}

/** Invites one colleague, once, for a while. */
export function invite(
  session: SessionRecord,
  { by, key, part, silent }: InviteCommand,
  now: number,
  settings: SessionSettings,
): Outcome {
  activeAgent(session, by);
  if (silent && (part !== "observer" || !settings.silentObservers))
    throw new CataloguedError("SILENT_NOT_ALLOWED");
  if (session.invites.length >= limits.invites) throw new CataloguedError("TOO_MANY_INVITES");
  const invitation = { key, by, part, silent, until: now + settings.inviteTtlMs };
  return {
    session: { ...session, invites: [...session.invites, invitation] },
    happened: [{ event: "invite.created", by, detail: { part } }],
  };
}

/** An invitation that nobody used in time is dead. */
export function expireInvites(session: SessionRecord, now: number): Outcome {
  const dead = session.invites.filter(({ until }) => now >= until);
  if (dead.length === 0) return { session, happened: [] };
  return {
    session: { ...session, invites: session.invites.filter((one) => !dead.includes(one)) },
    happened: dead.map(({ by }) => ({ event: "invite.expired", by })),
  };
}
