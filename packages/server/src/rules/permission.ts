import { controlLevels, type ErrorName, FrameFlag, type FrameRoute, type GrantLevel } from "@copane/protocol";
import { mayAct, mayView } from "./lookup.ts";
import type { SessionRecord, SessionSettings } from "./state.ts";

/** Why a frame is not relayed: an error to tell the sender, or nothing worth saying. */
export type Refusal = ErrorName | "drop";

/**
 * Whether a participant may send a frame, by what the table says of its way and by its flags: the payload is nobody's
 * business here. Undefined when it may.
 */
export function refusal(
  session: SessionRecord,
  number: number,
  { route: { needs, whilePaused }, flags }: { route: FrameRoute; flags: number },
  now: number,
  settings: SessionSettings,
): Refusal | undefined {
  const sender = session.participants.find((one) => one.number === number);
  if (session.closed || !sender) return "drop";
  const seen = mayView(session, settings);
  if (needs === "show" && !seen) return "drop";
  if (needs === "talk" && !mayAct(sender)) return "OBSERVERS_WATCH";
  const acts = needs === "propose" || needs === "point" || needs === "scroll" || needs === "full";
  if (acts && !mayAct(sender)) return "OBSERVERS_WATCH";
  if (acts && !seen) return "CONSENT_MISSING";
  if (needs === "point" && !allows(settings, "point")) return "LEVEL_NOT_ALLOWED";
  if (session.paused && whilePaused !== "relay") return whilePaused === "drop" ? "drop" : "SESSION_PAUSED";
  return needs === "scroll" || needs === "full" ? ofControl(session, number, needs, flags, now) : undefined;
}

function allows({ controlLevel }: SessionSettings, level: SessionSettings["controlLevel"]): boolean {
  return controlLevels.indexOf(controlLevel) >= controlLevels.indexOf(level);
}

function ofControl(
  session: SessionRecord,
  number: number,
  level: GrantLevel,
  flags: number,
  now: number,
): Refusal | undefined {
  const { holder, terms, holdsUntil } = session;
  if (holder !== number || !terms) return "NOT_IN_CONTROL";
  // The timer that ends the grant may be late.
  if (holdsUntil !== undefined && now >= holdsUntil) return "NOT_IN_CONTROL";
  if (level === "full" && terms.level !== "full") return "LEVEL_TOO_LOW";
  const scoped = (flags & FrameFlag.scoped) !== 0;
  return scoped === (terms.scope !== undefined) ? undefined : "OUT_OF_SCOPE";
}
