import type { CustomerView } from "./customer.ts";

export type Role = "customer" | "agent";

/** `waiting`: only one side is in. `paused`: the customer froze the view. `closed` is final. */
export type SessionState = "waiting" | "active" | "paused" | "closed";

/**
 * What an agent is there for: helps, only watches, or watches over. Observers neither act nor write to the
 * customer.
 */
export type Part = "agent" | "observer" | "supervisor";

/**
 * What an agent may do in the page, from least to most. `view` and `point` need no grant. The site's policy
 * sets the highest.
 */
export const controlLevels = ["view", "point", "scroll", "full"] as const;
export type ControlLevel = (typeof controlLevels)[number];
/** The levels that the customer grants. */
export type GrantLevel = Extract<ControlLevel, "scroll" | "full">;

/** What a customer may be asked to consent to before it begins. */
export type Consent = "view" | "recording";

/** The customer's number among the participants; agents count from 1. */
export const CUSTOMER_NUMBER = 0;

export interface ParticipantView {
  /** Number within the session, by which frames name a participant too. */
  number: number;
  role: Role;
  name: string;
  /** False while the socket is gone and the grace period runs. */
  connected: boolean;
  /** Of agents only. */
  part?: Part;
  /** The customer is not told of this one; only where the site's policy allows it. */
  silent?: true;
  /** Of agents: their screen says that it cannot show the page. Nothing is held back because of it. */
  unseeing?: true;
}

/** Who may act in the page. The customer always may; `holder` names the agent who may as well. */
export interface ControlView {
  holder?: number;
  /** The agent whose request waits for the customer's answer. */
  pending?: number;
  /** What the holder may do, or what is asked for. */
  level?: GrantLevel;
  /** The one form or field that it covers, by mirror node id; the whole page when absent. */
  scope?: number;
  /** Milliseconds until the grant ends by itself, or how long it is asked for; no end when absent. */
  endsInMs?: number;
  /** What the site's policy allows at most. */
  highest: ControlLevel;
}

/** The session passes from one agent to another once that one accepts. */
export interface HandoverView {
  from: number;
  to: number;
  endsInMs: number;
}

/** One click or value that an agent proposed and the customer has yet to answer. */
export interface ProposalView {
  by: number;
  endsInMs: number;
}

export interface ConsentView {
  /** What the site's policy asks for. */
  needed: Consent[];
  given: Consent[];
  refused: Consent[];
}

/**
 * Two figures, made by both sides, that have to be the same on both screens before anything of the page is shown. Each
 * side computes them from the two random parts (256 bits, base64url).
 */
export interface MatchView {
  /** The agent whose side makes them with the customer's: the one who leads. */
  with: number;
  /** SHA-256 of the customer's part, told before the agent's part is known. */
  commit?: string;
  agentNonce?: string;
  customerNonce?: string;
  /** The sides that said the figures are the same. */
  confirmed: Role[];
}

/** What every participant may know of the session: sent whole with each change, so nothing can drift. */
export interface SessionView {
  id: string;
  state: SessionState;
  initiator: Role;
  /** BCP 47 tag, chosen by the initiator, else the server's default. */
  locale: string;
  /** Present only towards the initiator while the passphrase can still be used. */
  passphrase?: string;
  /** With `passphrase`: milliseconds until it expires. */
  passphraseEndsInMs?: number;
  participants: ParticipantView[];
  /** Towards agents only, where the site said who its customer is. */
  customer?: CustomerView;
  /** Towards a customer who waits: agents can come in without the key. */
  findable?: true;
  control: ControlView;
  consent: ConsentView;
  /** The agent whose leaving ends the session. */
  lead?: number;
  /** Towards agents only. */
  handover?: HandoverView;
  proposal?: ProposalView;
  /** Towards agents only: the site lets observers in without the customer being told. */
  silentAllowed?: true;
  /** While figures have to be compared, once both sides are there. */
  match?: MatchView;
  /** Set while the owner's idle warning runs: milliseconds until the session closes. */
  idleClosesInMs?: number;
  /** Milliseconds until the session timeout closes it. */
  timeoutInMs: number;
  closeReason?: CloseReason;
}

/** Why a session ended. */
export interface CloseReason {
  code: CloseCode;
  /** A sentence in English for the one who reads it; the reason given with the logout, if there is one. */
  text: string;
  /** The side that ended it, or whose connection was lost. */
  by?: Role;
  /** The participant who did, by number. */
  number?: number;
  /** The reason given with the logout. */
  given?: string;
}

/** Why a session is over for one participant: it ended, or it goes on without them. */
export interface EndReason extends Omit<CloseReason, "code"> {
  code: EndCode;
}

/** `left`: this agent left, and others go on. `continued_elsewhere`: it goes on in another tab of the participant. */
export type EndCode = CloseCode | "left" | "continued_elsewhere";

export type CloseCode =
  /** No agent came to the customer who started it. */
  | "not_joined"
  | "inactive_timeout"
  | "session_timeout"
  | "customer_left"
  | "agent_left"
  | "connection_lost"
  | "cancelled"
  | "server_shutdown";

/** What changed; travels with the new `SessionView`. */
export type SessionEvent =
  | "session.created"
  | "session.closed"
  | "session.idle"
  | "session.active"
  | "session.paused"
  | "session.resumed"
  | "customer.joined"
  | "customer.connected"
  | "customer.disconnected"
  | "agent.joined"
  | "agent.connected"
  | "agent.disconnected"
  | "agent.left"
  | "control.requested"
  | "control.cancelled"
  | "control.granted"
  | "control.denied"
  | "control.revoked"
  | "control.released"
  | "control.expired"
  | "agent.announced"
  | "picture.failed"
  | "picture.shown"
  | "policy.changed"
  | "invite.created"
  | "invite.expired"
  | "handover.offered"
  | "handover.accepted"
  | "handover.declined"
  | "handover.cancelled"
  | "handover.expired"
  | "consent.given"
  | "consent.refused"
  | "match.committed"
  | "match.answered"
  | "match.revealed"
  | "match.restarted"
  | "match.confirmed"
  | "proposal.made"
  | "proposal.accepted"
  | "proposal.declined"
  | "proposal.refused"
  | "proposal.cancelled"
  | "proposal.expired";
