import type { ConnectionState } from "@copane/client/customer";
import type { SessionView } from "@copane/protocol";
import { isHidden, openQuestion } from "./consent.ts";

/** All that the panel shows; `screenOf` says which of it. */
export interface UiState {
  session?: SessionView | undefined;
  connection: ConnectionState;
  /** The customer typed or the site gave it. */
  name: string;
  nameGiven: boolean;
  /** The customer chose to type an agent's key. */
  byKey: boolean;
  busy: boolean;
  /** The site's own words of consent by language. */
  consentText: Record<string, string>;
  error?: string | undefined;
  ended?: string | undefined;
  minimised: boolean;
  /** The key that stops the sharing, as in `aria-keyshortcuts`; empty for none. */
  stopKey: string;
  copied: boolean;
  /** Seconds until idleness ends the session. */
  idleSeconds?: number | undefined;
}

export const initialState: UiState = {
  connection: "connecting",
  name: "",
  nameGiven: false,
  byKey: false,
  busy: false,
  consentText: {},
  minimised: false,
  stopKey: "Shift+F4",
  copied: false,
};

export type Screen =
  | "consent"
  | "key"
  | "waiting"
  | "idle"
  | "control"
  | "controlled"
  | "paused"
  | "askView"
  | "askRecording"
  | "hidden"
  | "sharing"
  | "ended";

/** Which screen stands, from what is known: nothing else decides it. */
export function screenOf({ session, ended, byKey, idleSeconds }: UiState): Screen {
  if (ended !== undefined) return "ended";
  if (!session) return byKey ? "key" : "consent";
  if (idleSeconds !== undefined) return "idle";
  const asked = agentOf(session) === undefined ? undefined : openQuestion(session);
  if (asked) return asked === "view" ? "askView" : "askRecording";
  if (session.control.pending !== undefined) return "control";
  if (session.control.holder !== undefined) return "controlled";
  if (session.state === "paused") return "paused";
  if (agentOf(session) === undefined) return "waiting";
  return isHidden(session) ? "hidden" : "sharing";
}

/** A question that waits for the customer, or the end that nears. */
export function isUrgent(screen: Screen): boolean {
  return screen === "control" || screen === "idle" || screen === "askView" || screen === "askRecording";
}

/** Everybody whom the customer is told of. */
export function agentsOf({ participants }: SessionView): string[] {
  return participants.filter(({ role }) => role === "agent").map(({ name }) => name);
}

/** The agent who is asked about: in control, asking, or simply there. */
export function agentOf(session: SessionView): string | undefined {
  const { holder, pending } = session.control;
  const number = holder ?? pending;
  const agents = session.participants.filter(({ role }) => role === "agent");
  const lead = agents.find((agent) => agent.number === session.lead);
  return (agents.find((agent) => agent.number === number) ?? lead ?? agents[0])?.name;
}
