export type Role = "customer" | "agent";

/** `waiting`: only one side is in. `paused`: the customer froze the view. `closed` is final. */
export type SessionState = "waiting" | "active" | "paused" | "closed";

export interface ParticipantView {
  /** Number within the session: 0 is the customer, agents count from 1. Also the peer byte of frames. */
  number: number;
  role: Role;
  name: string;
  /** False while the socket is gone and the grace period runs. */
  connected: boolean;
}

/** Who may act in the page. The customer always may; `holder` names the agent who may as well. */
export interface ControlView {
  holder?: number;
  /** The agent whose request waits for the customer's answer. */
  pending?: number;
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
  participants: ParticipantView[];
  control: ControlView;
  /** Set while the owner's idle warning runs: milliseconds until the session closes. */
  idleClosesInMs?: number;
  /** Milliseconds until the session timeout closes it. */
  timeoutInMs: number;
  closeReason?: CloseReason;
}

/** Why a session ended. */
export interface CloseReason {
  /** `inactive_timeout`, `session_timeout`, `customer_left`, `agent_left`, `connection_lost`, `cancelled`, `server_shutdown`. */
  code: CloseCode;
  /** A sentence for people; may carry the reason given with the logout. */
  text: string;
  by?: Role;
}

export type CloseCode =
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
  | "control.released";
