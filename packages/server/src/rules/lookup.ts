import { CopaneError } from "@copane/protocol";
import type { Participant, SessionRecord } from "./state.ts";

/** Throws NOT_JOINED for a number that is not in the session. */
export function participant(session: SessionRecord, number: number): Participant {
  const found = session.participants.find((one) => one.number === number);
  if (!found) throw new CopaneError("NOT_JOINED");
  return found;
}

/** Replaces the participant of the same number. */
export function withParticipant(session: SessionRecord, changed: Participant): SessionRecord {
  const participants = session.participants.map((one) => (one.number === changed.number ? changed : one));
  return { ...session, participants };
}

/** Whether a participant belongs to the side that owns the session: the initiator's. */
export function ownerOf(session: SessionRecord, number: number): boolean {
  return participant(session, number).role === session.initiator;
}
