import type { ParticipantView, SessionView } from "@copane/protocol";
import { fill, text } from "../messages/index.ts";
import type { LiveState } from "../session/useAgentSession.ts";

export function customerOf(view: SessionView): ParticipantView | undefined {
  return view.participants.find(({ role }) => role === "customer");
}

/** How this agent stands to control. */
export function controlOf(view: SessionView, you: number): "none" | "pending" | "held" {
  if (view.control.holder === you) return "held";
  return view.control.pending === you ? "pending" : "none";
}

/** The line under the bar: how things stand, or what has just happened. */
export function noticeOf({ view, session, last }: LiveState, name: string): string {
  const control = controlOf(view, session.you);
  if (view.state === "paused") return fill(text.pausedTitle, { name });
  if (control === "held") return text.controlled;
  if (control === "pending") return fill(text.requested, { name });
  if (last?.event === "control.denied") return fill(text.denied, { name });
  if (last?.event === "control.revoked") return fill(text.revoked, { name });
  return text.viewing;
}
