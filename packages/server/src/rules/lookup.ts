import { CataloguedError } from "@copane/protocol";
import type { Participant, SessionRecord, SessionSettings } from "./state.ts";

/** Throws NOT_JOINED for a number that is not in the session. */
export function participant(session: SessionRecord, number: number): Participant {
  const found = session.participants.find((one) => one.number === number);
  if (!found) throw new CataloguedError("NOT_JOINED");
  return found;
}

/** Replaces the participant of the same number. */
export function withParticipant(session: SessionRecord, changed: Participant): SessionRecord {
  const participants = session.participants.map((one) => (one.number === changed.number ? changed : one));
  return { ...session, participants };
}

/** The agent of this number. Throws AGENT_ONLY for the customer. */
export function agent(session: SessionRecord, number: number): Participant {
  const found = participant(session, number);
  if (found.role !== "agent") throw new CataloguedError("AGENT_ONLY");
  return found;
}

/** An agent whom the customer may notice. Throws OBSERVERS_WATCH for observers and silent supervisors. */
export function activeAgent(session: SessionRecord, number: number): Participant {
  const found = agent(session, number);
  if (!mayAct(found)) throw new CataloguedError("OBSERVERS_WATCH");
  return found;
}

/** Whether a participant may do more than watch. */
export function mayAct({ part, silent }: Participant): boolean {
  return part !== "observer" && !silent;
}

/** Throws CUSTOMER_ONLY for agents. */
export function customerOnly(session: SessionRecord, number: number): void {
  if (participant(session, number).role !== "customer") throw new CataloguedError("CUSTOMER_ONLY");
}

/**
 * Whether anything of the page may be seen: the customer gave the consent that the site asks for, and both sides have
 * compared the figures where it asks for that.
 */
export function mayView(session: SessionRecord, { consent, numberMatch }: SessionSettings): boolean {
  if (numberMatch && !session.matched) return false;
  return !consent.includes("view") || session.consents.given.includes("view");
}

/** Whether a participant belongs to the side that owns the session: the initiator's. Who has left does not. */
export function ownerOf(session: SessionRecord, number: number): boolean {
  return session.participants.find((one) => one.number === number)?.role === session.initiator;
}

/** Whether a customer started it and no agent has come yet. */
export function waitsForAgent({ closed, initiator, lead }: SessionRecord): boolean {
  return !closed && initiator === "customer" && lead === undefined;
}

/** The reference by which agents find it now. */
export function referenceOf(session: SessionRecord): string | undefined {
  return waitsForAgent(session) ? session.customer?.reference : undefined;
}
