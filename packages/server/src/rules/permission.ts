import { controlLevels, type ErrorName, FrameFlag, FrameType } from "@copane/protocol";
import { mayAct, mayView } from "./lookup.ts";
import type { Participant, SessionRecord, SessionSettings } from "./state.ts";

/** Why a frame is not relayed: an error to tell the sender, or nothing worth saying. */
export type Refusal = ErrorName | "drop";

/**
 * Whether a participant may send a frame, by its type and flags alone: the payload is nobody's business here.
 * Undefined when it may.
 */
export function refusal(
  session: SessionRecord,
  number: number,
  frame: { type: number; flags: number },
  now: number,
  settings: SessionSettings,
): Refusal | undefined {
  const sender = session.participants.find((one) => one.number === number);
  if (session.closed || !sender) return "drop";
  if (frame.type === FrameType.chat || frame.type === FrameType.whisper) return ofTalk(sender, frame.type);
  if (sender.role === "customer") return maySee(session, settings) ? undefined : "drop";
  if (frame.type === FrameType.feedback) return undefined;
  if (!mayAct(sender)) return "OBSERVERS_WATCH";
  if (!mayView(session, settings)) return "CONSENT_MISSING";
  switch (frame.type) {
    case FrameType.input:
    case FrameType.scroll:
      return ofInput(session, number, frame, now);
    case FrameType.propose:
      // The rules of proposals decide when it is counted.
      return undefined;
    default:
      if (controlLevels.indexOf(settings.controlLevel) < controlLevels.indexOf("point"))
        return "LEVEL_NOT_ALLOWED";
      if (!session.paused) return undefined;
      // A pointer is out of date at once; a mark that came to nothing must be known to who drew it.
      return frame.type === FrameType.marks ? "SESSION_PAUSED" : "drop";
  }
}

function maySee(session: SessionRecord, settings: SessionSettings): boolean {
  return !session.paused && mayView(session, settings);
}

function ofTalk(sender: Participant, type: number): Refusal | undefined {
  const toCustomer = sender.role === "agent" && type === FrameType.chat;
  return toCustomer && !mayAct(sender) ? "OBSERVERS_WATCH" : undefined;
}

function ofInput(
  session: SessionRecord,
  number: number,
  { type, flags }: { type: number; flags: number },
  now: number,
): Refusal | undefined {
  if (session.paused) return "SESSION_PAUSED";
  const { holder, terms, holdsUntil } = session;
  if (holder !== number || !terms) return "NOT_IN_CONTROL";
  // The timer that ends the grant may be late.
  if (holdsUntil !== undefined && now >= holdsUntil) return "NOT_IN_CONTROL";
  if (type === FrameType.input && terms.level !== "full") return "LEVEL_TOO_LOW";
  const scoped = (flags & FrameFlag.scoped) !== 0;
  return scoped === (terms.scope !== undefined) ? undefined : "OUT_OF_SCOPE";
}
