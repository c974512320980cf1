import type { Notice, ParticipantView, SessionView } from "@copane/protocol";
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
export function noticeOf({ view, session, last, notice }: LiveState, name: string): string {
  const control = controlOf(view, session.you);
  if (view.state === "paused") return fill(text.pausedTitle, { name });
  if (notice) return pageNotice(notice, name);
  if (control === "held") return text.controlled;
  if (control === "pending") return fill(text.requested, { name });
  if (last?.event === "control.denied") return fill(text.denied, { name });
  if (last?.event === "control.revoked") return fill(text.revoked, { name });
  return text.viewing;
}

/** What the customer's page says: why it refused, or which dialog stands in front of it. */
function pageNotice(notice: Notice, name: string): string {
  if (notice.kind === "refused") return fill(text[refusals[notice.reason]], { name });
  if (notice.kind !== "dialog") return "";
  return fill(notice.text ? text.dialog : text.dialogHidden, { name, text: notice.text });
}

const refusals = {
  gone: "refusedGone",
  protected: "refusedProtected",
  reserved: "refusedReserved",
  submit: "refusedSubmit",
  file: "refusedFile",
  customerTyping: "refusedTyping",
} as const satisfies Record<Extract<Notice, { kind: "refused" }>["reason"], keyof typeof text>;
