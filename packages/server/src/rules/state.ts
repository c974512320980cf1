import type { CloseReason, Role, SessionEvent } from "@copane/protocol";

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
}

export interface Participant {
  readonly number: number;
  readonly role: Role;
  readonly name: string;
  /** The agent's identity as the sign-in gave it. */
  readonly agentId?: string;
  readonly connected: boolean;
  /** When the connection was lost, or when a seat was taken that never connected. */
  readonly awaySince?: number;
}

/** All that the rules know of a session. Immutable: `apply` returns the next one. */
export interface SessionRecord {
  readonly id: string;
  readonly initiator: Role;
  readonly locale: string;
  /** Eight digits while they can still be used to join. */
  readonly passphrase?: string;
  readonly passphraseExpiresAt?: number;
  /** The agent who made the key and has yet to join (two-step). */
  readonly reserved?: { readonly number: number; readonly name: string; readonly agentId: string };
  readonly participants: readonly Participant[];
  /** Number of the agent in control. */
  readonly holder?: number;
  /** Number of the agent whose request waits. */
  readonly pending?: number;
  readonly paused: boolean;
  readonly createdAt: number;
  /** The owner's last activity. */
  readonly activeAt: number;
  readonly warned: boolean;
  readonly nextNumber: number;
  readonly closed?: CloseReason;
}

/** What may happen to a session. `by` is a participant's number. */
export type SessionCommand =
  | { type: "joinCustomer"; name: string }
  | { type: "joinReserved" }
  | { type: "joinLive"; name: string; agentId: string }
  | { type: "connect"; by: number }
  | { type: "disconnect"; by: number }
  | { type: "leave"; by: number; reason?: string }
  | { type: "cancel" }
  | { type: "requestControl"; by: number }
  | { type: "releaseControl"; by: number }
  | { type: "grantControl"; by: number }
  | { type: "denyControl"; by: number }
  | { type: "revokeControl"; by: number }
  | { type: "pause"; by: number }
  | { type: "resume"; by: number }
  | { type: "continue"; by: number }
  | { type: "activity"; by: number }
  | { type: "shutdown" }
  | { type: "tick" };

/** Something that happened, in the words that the wire and the audit use. */
export interface SessionHappening {
  event: SessionEvent;
  by?: number;
}

export interface Outcome {
  session: SessionRecord;
  happened: SessionHappening[];
}
