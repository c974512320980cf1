import type { ClientMessage, Command } from "@copane/protocol";
import type { ParticipantCommand } from "../sessions/index.ts";

const plain: Record<Command, ParticipantCommand> = {
  "control.release": { type: "releaseControl" },
  "control.grant": { type: "grantControl" },
  "control.deny": { type: "denyControl" },
  "control.revoke": { type: "revokeControl" },
  "session.pause": { type: "pause" },
  "session.resume": { type: "resume" },
  "session.continue": { type: "continue" },
  "agent.announce": { type: "announce" },
  "handover.accept": { type: "acceptHandover" },
  "handover.decline": { type: "declineHandover" },
  "handover.cancel": { type: "cancelHandover" },
  "proposal.accept": { type: "acceptProposal" },
  "proposal.decline": { type: "declineProposal" },
  "proposal.refuse": { type: "refuseProposal" },
  "proposal.cancel": { type: "cancelProposal" },
};

/** Messages that the rules answer; the others are the connection's own, or an invitation. */
type RuledMessage = Exclude<
  ClientMessage,
  { t: "hello" | "ping" | "activity" | "page" } | { t: "invite.create" | "fidelity" }
>;

/** What a message means to the rules. */
export function actionOf(message: RuledMessage): ParticipantCommand {
  switch (message.t) {
    case "session.leave":
      return { type: "leave", ...(message.reason ? { reason: message.reason } : {}) };
    case "control.request": {
      const { t: _t, n: _n, ...wish } = message;
      return { type: "requestControl", ...wish };
    }
    case "handover.offer":
      return { type: "offerHandover", to: message.to };
    case "consent.give":
      return { type: "giveConsent", what: message.what };
    case "consent.refuse":
      return { type: "refuseConsent", what: message.what };
    default:
      return plain[message.t];
  }
}
