import type {
  AskedConsent,
  CloseReason,
  CommandMessage,
  Consent,
  ControlLevel,
  CustomerView,
  GrantLevel,
  InvitedPart,
  MatchView,
  Part,
  Role,
  SessionEvent,
} from "@copane/protocol";

/** Times and bounds of a session, in milliseconds; see `config` for the defaults. */
export interface SessionSettings {
  /** BCP 47 tag used when the initiator names none that is offered. */
  defaultLocale: string;
  locales: readonly string[];
  /** An unused passphrase dies after this. */
  passphraseTtlMs: number;
  /** An agent-owned session closes after this much of the agent's idleness (Avaya: 2 minutes). */
  agentIdleMs: number;
  /** A customer-owned session closes after this much of the customer's idleness (Avaya: 10 minutes). */
  customerIdleMs: number;
  /** The idle warning comes this long before the end (Avaya's pages count 60 s). */
  idleWarningMs: number;
  /** No session lasts longer than this. */
  sessionTimeoutMs: number;
  /** A participant whose connection is lost may come back within this. */
  reconnectGraceMs: number;
  /** Live sessions at once. */
  maxSessions: number;
  /** Agents in one session. */
  maxViewers: number;
  /** The highest level of control that an agent may ask for. */
  controlLevel: ControlLevel;
  /** What the customer is asked before it begins. Without `control` a request is granted at once. */
  consent: readonly AskedConsent[];
  /** Observers and supervisors may come in without the customer being told. */
  silentObservers: boolean;
  /** Agents see the customers who wait, and may join one without the key. */
  presence: boolean;
  /** Nothing is shown before both sides have compared two figures. */
  numberMatch: boolean;
  /** Agents may propose one click or value for the customer to accept. */
  proposals: boolean;
  /** An unused invitation dies after this. */
  inviteTtlMs: number;
  /** A hand-over that is not accepted within this is off. */
  handoverMs: number;
  /** A proposal that is not answered within this is off. */
  proposalMs: number;
}

export interface Participant {
  readonly number: number;
  readonly role: Role;
  readonly name: string;
  /** The agent's identity as the sign-in gave it. */
  readonly agentId?: string;
  /** Of agents only. */
  readonly part?: Part;
  /** The customer is not told of this one. */
  readonly silent?: true;
  /** Of agents: their screen says that it cannot show the page. */
  readonly unseeing?: true;
  readonly connected: boolean;
  /** When the connection was lost, or when a seat was taken that never connected. */
  readonly awaySince?: number;
}

/** What a request for control asks for, and a grant gives. */
export interface ControlTerms {
  readonly level: GrantLevel;
  /** One form or field, by mirror node id; the page alone knows what that is. */
  readonly scope?: number;
  /** How long the grant lasts. */
  readonly forMs?: number;
}

export interface Invitation {
  /** Eight digits, or up to twelve by a setting. */
  readonly key: string;
  readonly by: number;
  readonly part: InvitedPart;
  readonly silent: boolean;
  readonly until: number;
}

/** All that the rules know of a session. Immutable: `apply` returns the next one. */
export interface SessionRecord {
  readonly id: string;
  readonly initiator: Role;
  readonly locale: string;
  /** Its digits while they can still be used to join. */
  readonly passphrase?: string;
  readonly passphraseExpiresAt?: number;
  /** The agent who made the key and has yet to join (two-step). */
  readonly reserved?: { readonly number: number; readonly name: string; readonly agentId: string };
  readonly participants: readonly Participant[];
  /** Who the customer is, as far as the site said. */
  readonly customer?: CustomerView;
  /** Number of the agent in control. */
  readonly holder?: number;
  /** Number of the agent whose request waits. */
  readonly pending?: number;
  /** Of the grant or of the request, whichever there is. */
  readonly terms?: ControlTerms;
  /** When the grant ends by itself. */
  readonly holdsUntil?: number;
  /** Number of the agent whose leaving ends the session: the first, until a hand-over. */
  readonly lead?: number;
  readonly handover?: { readonly from: number; readonly to: number; readonly until: number };
  readonly proposal?: { readonly by: number; readonly until: number };
  readonly invites: readonly Invitation[];
  readonly consents: { readonly given: readonly Consent[]; readonly refused: readonly Consent[] };
  /** How far the comparison of two figures has come, and that it is over; see `match.ts`. */
  readonly match?: MatchView;
  readonly matched?: true;
  readonly paused: boolean;
  readonly createdAt: number;
  /** The owner's last activity. */
  readonly activeAt: number;
  readonly warned: boolean;
  readonly nextNumber: number;
  /** Number of the next page (document load) of the customer's. Numbers are given from 1 on. */
  readonly nextPage: number;
  readonly closed?: CloseReason;
}

/** A command of the wire for each of its names, so that the name alone tells what comes with it. */
type ByName<M extends { t: string }> = M extends unknown
  ? { [T in M["t"]]: Omit<M, "t"> & { t: T } }[M["t"]]
  : never;

/** What a participant sends on its socket, in the words of the wire (`CommandMessage`). */
type SentCommand = ByName<Exclude<CommandMessage, { t: "invite.create" | "fidelity" }>> & { by: number };

/**
 * What may happen to a session. `by` is a participant's number; `t` the name that the wire has for it, if it
 * has one.
 */
export type SessionCommand =
  | SentCommand
  | { t: "invite.create"; by: number; key: string; part: InvitedPart; silent: boolean }
  /** A frame of type `propose`. */
  | { t: "proposal.make"; by: number }
  | { t: "activity"; by: number }
  /** A socket is there. `page`: the number that the customer's page was given before; without one it is the next. */
  | { t: "connect"; by: number; page?: number }
  /** A participant's socket is gone. */
  | { t: "disconnect"; by: number }
  /** Logging out. */
  | { t: "session.leave"; by: number; reason?: string }
  | { t: "customer.join"; name: string; customer?: CustomerView }
  /** The second step of the agent who made the key. */
  | { t: "agent.join" }
  /** An agent joins the customer who waits. */
  | { t: "agent.live.join"; name: string; agentId: string }
  /** The same without the key: found by its reference, or among those who wait. */
  | { t: "agent.waiting.join"; name: string; agentId: string }
  | { t: "invite.join"; key: string; name: string; agentId: string }
  | { t: "supervisor.join"; name: string; agentId: string; silent: boolean }
  /** The session ends from outside. */
  | { t: "session.cancel" }
  | { t: "session.shutdown" }
  /** The site's policy is another one now. */
  | { t: "policy.change" }
  /** A deadline has come. */
  | { t: "tick" };

/** Something that happened, in the words that the wire and the audit use. */
export interface SessionHappening {
  event: SessionEvent;
  by?: number;
  /** What the audit should know besides; never content. */
  detail?: Record<string, string | number>;
  /** Not for the customer: it tells of somebody of whom the customer is not told. */
  silent?: true;
}

export interface Outcome {
  session: SessionRecord;
  happened: SessionHappening[];
}
