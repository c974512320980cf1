import type { CustomerView, Metadata } from "./customer.ts";
import type { AgentRole } from "./roles.ts";
import type { ParticipantView, Role, SessionState, SessionView } from "./session.ts";

/**
 * Bodies of the REST API. The server's TypeBox schemas are checked against these types, so the client
 * and the server cannot drift apart.
 */
export interface CustomerRequestBody {
  name: string;
  /** BCP 47 tag; the server's default applies when absent. */
  locale?: string;
  email?: string;
  /** Who the customer is: a JWT that the site's server signed. */
  identity?: string;
  /** What the page says of its customer; agents see it as not verified. */
  metadata?: Metadata;
  /** Id of a chat or call by which agents find this session while it waits. */
  reference?: string;
}
export interface CustomerJoinBody {
  name: string;
  identity?: string;
  metadata?: Metadata;
  /** Eight digits (up to twelve by a setting), with or without the spaces after each fourth. */
  passphrase: string;
}
export interface AgentRequestBody {
  name: string;
  locale?: string;
  email?: string;
  /** True: create the key and join in one step. False (default): create the key only. */
  autojoin?: boolean;
}
export interface AgentLiveJoinBody {
  name: string;
  passphrase: string;
}
/** One of both: by the reference, or (where the site lists who waits) by the session's id. */
export interface AgentWaitingJoinBody {
  name: string;
  reference?: string;
  sessionId?: string;
}
export interface AgentInviteJoinBody {
  name: string;
  /** The invitation's key, with or without the space. */
  key: string;
}
export interface AgentSuperviseBody {
  name: string;
  sessionId: string;
  /** The customer is not told; only where the site's policy allows it. */
  silent?: boolean;
}
/** One line of the list of those who oversee. */
export interface LiveSession {
  id: string;
  state: Exclude<SessionState, "closed">;
  initiator: Role;
  locale: string;
  /** ISO 8601. */
  createdAt: string;
  /** Milliseconds since then, by the server's clock. */
  sinceMs: number;
  participants: ParticipantView[];
  /** Who the customer is, where the site said it. */
  customer?: CustomerView;
  /** Number of the agent in control. */
  holder?: number;
}
export interface LiveSessionsAnswer {
  /** Newest first. */
  sessions: LiveSession[];
  /** All of them, also where the list was cut. */
  total: number;
  /** Whether the site's policy lets somebody look in without the customer being told. */
  silentAllowed: boolean;
}
/** Customers who wait for an agent. */
export interface WaitingAnswer {
  /** Who waits longest comes first. */
  sessions: LiveSession[];
  /** All that are meant, also where the list was cut. */
  total: number;
}
export interface LogoutBody {
  reason?: string;
  /** From agents: what was compared of the picture since they last told. */
  fidelity?: { compared: number; repaired: number };
}

/** Answer to every request and join: what the participant needs from here on. */
export interface Ticket {
  session: SessionView;
  /** This participant's number in the session. */
  you: number;
  /** Bearer token for the participant's REST calls and its socket. Unguessable; dies with the session. */
  token: string;
  /** The key to read out; only for the initiator. */
  passphrase?: string;
  /** Milliseconds until the unused key expires; only for the initiator. */
  passphraseExpiresInMs?: number;
}

export interface StatusAnswer {
  session: SessionView;
  you: number;
}

export interface ServerStatusAnswer {
  status: "up";
  version: string;
  protocol: number;
}

export interface SignInBody {
  name: string;
  /** The code that the server printed at start. */
  code: string;
  /** What to sign in as; an agent when absent. */
  role?: AgentRole;
}
/** At the company's OpenID Connect provider, with a token from elsewhere, or by the development code. */
export type SignInWay = "oidc" | "token" | "code";
export interface SignInWaysAnswer {
  ways: SignInWay[];
  /** The provider, where it is one of the ways. */
  oidc?: { issuer: string; clientId: string; scope: string };
}

export interface IdentityAnswer {
  agentId: string;
  /** As the sign-in gave it. */
  name?: string;
  role: AgentRole;
  /** Settings of the server that a desk has to know. */
  desk: {
    /** Digits of a new key. */
    keyDigits: number;
    /** A page of the site to which links for customers lead; absent where the server names none. */
    customerPage?: string;
    /** Whether agents see which customers wait. */
    presence: boolean;
  };
}

/** What an agent notes of a session for themselves. */
export interface SessionNote {
  /** Up to 2000 characters; empty for none. */
  note: string;
  /** 1 (went badly) to 5 (went well); null for none. */
  rating: number | null;
}
/** A session that has ended, for an agent who took part in it; times are ISO 8601. */
export interface OwnPastSession extends SessionNote {
  id: string;
  customer: string | null;
  createdAt: string;
  durationMs: number;
}
export interface AgentHistoryAnswer {
  /** Newest first. */
  sessions: OwnPastSession[];
}

export interface SignInAnswer {
  /** JWT to send as bearer token with agent requests. */
  token: string;
  name: string;
}
