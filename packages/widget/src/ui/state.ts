import type { ConnectionState } from "@copane/client/customer";
import {
  agentsOf,
  type Consent,
  consentOf,
  type EndReason,
  foremostAgentOf,
  isControlled,
  maySeePage,
  type SessionView,
} from "@copane/protocol";

/** How things stand between this page and a session. One value: what is not in it cannot be on the screen. */
export type Phase =
  /** The customer is asked whether they want to share; with the form `key` by an agent's key, which a link may have. */
  | { is: "offer"; form: "consent" | "key"; busy: boolean; key?: string | undefined }
  | Shared
  | { is: "ended"; reason: EndReason };

export interface Shared {
  is: "shared";
  session: SessionView;
  connection: ConnectionState;
  /** When the connection was lost, as `Date.now()` has it; undefined while it stands. */
  since?: number | undefined;
  /** When the key expires, by the same clock. */
  keyEndsAt?: number | undefined;
  /** Seconds until idleness ends the session. */
  idleSeconds?: number | undefined;
  /** The two figures that the agent's screen shows, too, once they are known. */
  figures?: string | undefined;
  /** The screen that the customer made small: a question that comes later opens again. */
  small?: Screen | undefined;
  /** The key was copied a moment ago. */
  copied: boolean;
  /** Why nothing is shared though it should be. */
  notShared?: Error | undefined;
}

/** All that the panel shows; `screenOf` says which of it. */
export interface UiState {
  phase: Phase;
  /** What went wrong last, and when. */
  error?: Error | undefined;
  errorAt?: number;
  /** The customer typed or the site gave it. */
  name: string;
  /** The site wants a name, and has given none. */
  asksName: boolean;
  /** The site's own words of consent by language. */
  consentText: Record<string, string>;
  /** The key that stops the sharing, as in `aria-keyshortcuts`; empty for none. */
  stopKey: string;
}

/** What went wrong stands at least so long, in milliseconds: what happens next must not take it away unread. */
const READ_MS = 6_000;

/** Whether what went wrong has been there to be read, so that the next that happens may take it away. */
export function isErrorRead({ errorAt = 0 }: UiState): boolean {
  return Date.now() - errorAt >= READ_MS;
}

export const offer: Phase = { is: "offer", form: "consent", busy: false };

/** Screens that most sessions never come to. */
export type RareScreen =
  | "key"
  | "match"
  | "idle"
  | "control"
  | "controlled"
  | "askView"
  | "askRecording"
  | "hidden";

export type Screen =
  | "consent"
  | "waiting"
  | "paused"
  | "sharing"
  | "offline"
  | "unshared"
  | "ended"
  | RareScreen;

const common: ReadonlySet<Screen> = new Set<Screen>([
  "consent",
  "waiting",
  "paused",
  "sharing",
  "offline",
  "unshared",
  "ended",
]);

/** Whether a screen is, or has something on it, that is fetched when it comes. */
export function isRare({ phase }: UiState, screen: Screen): boolean {
  return !common.has(screen) || (screen === "sharing" && asksRecording(phase));
}

/** Whether the site's policy asks for the consent to be recorded. */
export function asksRecording(phase: Phase): boolean {
  return phase.is === "shared" && consentOf(phase.session, "recording") !== "unneeded";
}

/** Which screen stands, from what is known: nothing else decides it. */
export function screenOf({ phase }: UiState): Screen {
  if (phase.is === "ended") return "ended";
  if (phase.is === "offer") return phase.form;
  const { session, connection, idleSeconds } = phase;
  const agent = foremostAgentOf(session);
  // Whatever the session's state says, without a connection nobody sees the page and nothing can be answered.
  if (agent !== undefined && connection !== "connected") return "offline";
  if (idleSeconds !== undefined) return "idle";
  // Before all questions: they may come from a stranger.
  if (agent && session.match) return "match";
  const asked = agent && openQuestion(session);
  if (asked) return asked === "view" ? "askView" : "askRecording";
  // By a fault of ours or the site's: nothing that an agent does can reach the page either.
  if (agent && phase.notShared && maySeePage(session)) return "unshared";
  if (session.control.pending !== undefined) return "control";
  if (isControlled(session)) return "controlled";
  if (session.state === "paused") return "paused";
  if (agent === undefined) return "waiting";
  return maySeePage(session) ? "sharing" : "hidden";
}

/** What the site's policy asks and the customer has yet to answer. */
function openQuestion(session: SessionView): Consent | undefined {
  return session.consent.needed.find((what) => consentOf(session, what) === "asked");
}

/** Whether the panel is but a line: where the customer made it so, and until a question comes. */
export function isSmall(state: UiState): boolean {
  const screen = screenOf(state);
  const { phase } = state;
  if (phase.is !== "shared" || phase.small === undefined) return false;
  return phase.small === screen || !(isUrgent(screen) || screen === "controlled");
}

/** A question that waits for the customer, or the end that nears. */
export function isUrgent(screen: Screen): boolean {
  return /^(match|control|idle|ask\w+)$/.test(screen);
}

/** Everybody whom the customer is told of and who is there, by whether their screen says that it shows the page. */
export function watchersOf(session: SessionView, seeing = true): string[] {
  return agentsOf(session)
    .filter(({ connected, unseeing }) => connected && !unseeing === seeing)
    .map(({ name }) => name);
}
