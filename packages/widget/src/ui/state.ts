import type { ConnectionState } from "@copane/client/customer";
import type { Consent, SessionView } from "@copane/protocol";

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
  /** Why nothing is shared though it should be. */
  notShared?: string | undefined;
  ended?: string | undefined;
  minimised: boolean;
  /** The key that stops the sharing, as in `aria-keyshortcuts`; empty for none. */
  stopKey: string;
  copied: boolean;
  /** Seconds until idleness ends the session. */
  idleSeconds?: number | undefined;
}

export const initialState: UiState = {
  connection: "connected",
  name: "",
  nameGiven: false,
  byKey: false,
  busy: false,
  consentText: {},
  minimised: false,
  stopKey: "Shift+F4",
  copied: false,
};

/** Screens that most sessions never come to. */
export type RareScreen = "key" | "idle" | "control" | "controlled" | "askView" | "askRecording" | "hidden";

export type Screen = "consent" | "waiting" | "paused" | "sharing" | "ended" | RareScreen;

const common: ReadonlySet<Screen> = new Set<Screen>(["consent", "waiting", "paused", "sharing", "ended"]);

/** Whether a screen is, or has something on it, that is fetched when it comes. */
export function isRare({ session }: UiState, screen: Screen): boolean {
  return !common.has(screen) || (screen === "sharing" && !!session?.consent.needed.includes("recording"));
}

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

/** What the site's policy asks and the customer has yet to answer. */
function openQuestion({ consent }: SessionView): Consent | undefined {
  return consent.needed.find((what) => !consent.given.includes(what) && !consent.refused.includes(what));
}

/** Whether the customer said no to being seen. */
function isHidden({ consent }: SessionView): boolean {
  return consent.needed.includes("view") && !consent.given.includes("view");
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
