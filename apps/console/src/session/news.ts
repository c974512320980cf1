import type { SessionEvent, SessionView } from "@copane/protocol";

/** What an agent wants to hear of a session at once, whatever else they are looking at. */
export type News = "joined" | "wrote" | "asks" | "lost" | "ended";

const byEvent: Partial<Record<SessionEvent, News>> = {
  "customer.joined": "joined",
  "customer.disconnected": "lost",
  "session.idle": "asks",
};

/** The news in an event of the session for agent `you`, if there is any. */
export function newsOf(event: SessionEvent | undefined, view: SessionView, you: number): News | undefined {
  if (event === "handover.offered") return view.handover?.to === you ? "asks" : undefined;
  return event && byEvent[event];
}

/** The lines of others that are new since `known` lines were there. */
export function linesOfOthers(lines: readonly { by: number }[], known: number, you: number): number {
  return lines.slice(known).filter(({ by }) => by !== you).length;
}
