import type { Consent, ParticipantView, SessionView } from "./session.ts";

/*
 * Questions one asks of a session's view. The server's rules ask their own record instead.
 */

/** Those who are here: of a session's view, or of a session in the list of live ones. */
type Present = Pick<SessionView, "participants">;

/** A participant by number; undefined when nobody here has it. */
export function participantOf(
  { participants }: Present,
  number: number | undefined,
): ParticipantView | undefined {
  return participants.find((one) => one.number === number);
}

/** The name of a participant; empty when it is not known here. */
export function nameOf(view: Present | undefined, number: number | undefined): string {
  return (view && participantOf(view, number)?.name) ?? "";
}

/** The customer, once there is one. */
export function customerOf({ participants }: Present): ParticipantView | undefined {
  return participants.find(({ role }) => role === "customer");
}

/** The agents, those who only watch too, as far as this side is told of them. */
export function agentsOf({ participants }: Present): ParticipantView[] {
  return participants.filter(({ role }) => role === "agent");
}

/** The agent a customer is told about: who is in control or asks for it, else who leads, else the first. */
export function foremostAgentOf(view: SessionView): ParticipantView | undefined {
  const agents = agentsOf(view);
  const number = view.control.holder ?? view.control.pending;
  const lead = agents.find((agent) => agent.number === view.lead);
  return agents.find((agent) => agent.number === number) ?? lead ?? agents[0];
}

/** Whether an agent may do more than watch. */
export function mayAct(view: SessionView, number: number): boolean {
  const agent = participantOf(view, number);
  return agent !== undefined && agent.part !== "observer" && !agent.silent;
}

/** Whether this participant leads the session: its leaving ends it. */
export function leads({ lead }: SessionView, number: number): boolean {
  return lead === number;
}

/** How an agent stands to control. */
export function controlOf({ control }: SessionView, number: number): "none" | "pending" | "held" {
  if (control.holder === number) return "held";
  return control.pending === number ? "pending" : "none";
}

/** Whether somebody is in control. */
export function isControlled({ control }: SessionView): boolean {
  return control.holder !== undefined;
}

/**
 * How the customer answered one of the site's questions: `unneeded` where the site does not ask, `asked` until the
 * customer answers.
 */
export function consentOf(
  { consent }: SessionView,
  what: Consent,
): "unneeded" | "asked" | "given" | "refused" {
  if (!consent.needed.includes(what)) return "unneeded";
  if (consent.given.includes(what)) return "given";
  return consent.refused.includes(what) ? "refused" : "asked";
}

/** Whether the customer's consent, and the comparison of figures, where they are needed, let agents see the page. */
export function maySeePage(view: SessionView): boolean {
  if (view.match) return false;
  const answer = consentOf(view, "view");
  return answer === "given" || answer === "unneeded";
}
