import type { ParticipantView, SessionView } from "@copane/protocol";

export function customerOf(view: SessionView): ParticipantView | undefined {
  return view.participants.find(({ role }) => role === "customer");
}
