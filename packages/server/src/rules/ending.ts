import { type CloseReason, CUSTOMER_NUMBER } from "@copane/protocol";
import type { SessionRecord } from "./state.ts";
import { reasons } from "./timing.ts";

/**
 * Why the session ended, in words for one participant: who ended it is not told that somebody else did, and agents who
 * are several learn which of them it was.
 */
export function endingFor(closed: CloseReason, viewer: number, session: SessionRecord): CloseReason {
  return { ...closed, text: closed.given ?? textFor(closed, viewer, session) };
}

function textFor({ code, text, number }: CloseReason, viewer: number, session: SessionRecord): string {
  const own = number === viewer;
  switch (code) {
    case "customer_left":
    case "agent_left":
      if (own) return "You ended the session.";
      return code === "agent_left" && viewer !== CUSTOMER_NUMBER
        ? `${nameOf(session, number)} ended the session.`
        : reasons[code];
    case "connection_lost":
      if (number === undefined) return text;
      return `The session ended because ${own ? "your" : whose(number)} connection was lost for too long.`;
    default:
      return text;
  }
}

function whose(number: number): string {
  return number === CUSTOMER_NUMBER ? "the customer's" : "the agent's";
}

function nameOf({ participants }: SessionRecord, number: number | undefined): string {
  return participants.find((one) => one.number === number)?.name ?? "The agent";
}
