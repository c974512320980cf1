import type {
  CustomerView,
  LiveSessionsAnswer,
  LogoutBody,
  Role,
  StatusAnswer,
  Ticket,
  WaitingAnswer,
} from "@copane/protocol";
import type { AgentsWish, CustomersWish } from "./new-sessions.ts";
import type { WaitingQuery } from "./waiting-list.ts";

export interface WaitingWish {
  agentId: string;
  name: string;
  sessionId: string;
}

/**
 * What REST routes ask of sessions, wherever they are decided. Every method throws, or rejects with, CataloguedError
 * when the rules or the secrets forbid it.
 */
export interface Sessions {
  createByCustomer(wish: CustomersWish): Promise<Ticket>;
  createByAgent(wish: AgentsWish): Promise<Ticket>;
  /** Takes back a session that was made here and nobody was told of. */
  withdraw(id: string): Promise<void>;
  joinByCustomer(wish: {
    name: string;
    passphrase: string;
    customer?: CustomerView | undefined;
  }): Promise<Ticket>;
  /** Second step of an agent's session; may be repeated. */
  joinByAgent(token: string): Promise<Ticket>;
  joinLive(wish: { agentId: string; name: string; passphrase: string }): Promise<Ticket>;
  /** An agent joins a customer who waits without the key: by the reference, or by the session's id. */
  joinWaiting(wish: { agentId: string; name: string; reference: string } | WaitingWish): Promise<Ticket>;
  /** Customers who wait for an agent. */
  waiting(query: WaitingQuery): Promise<WaitingAnswer>;
  /** A colleague comes in by an invitation, which is then used up. */
  joinInvited(wish: { agentId: string; name: string; key: string }): Promise<Ticket>;
  /** A supervisor joins any live session. */
  supervise(wish: { agentId: string; name: string; sessionId: string; silent: boolean }): Promise<Ticket>;
  /** The sessions under way, newest first, for who oversees them. */
  live(): Promise<LiveSessionsAnswer>;
  /**
   * Leaves, and so ends the session; before the second step it cancels the key. A closed session stays closed.
   * Gives the session's id.
   */
  logout(token: string, role: Role, body?: LogoutBody): Promise<string>;
  status(token: string, role: Role): Promise<StatusAnswer>;
  /** Whom a token stands for, as a name that no other seat has; undefined when it is nobody's. */
  seated(token: string): Promise<string | undefined>;
  /** Ends a session from outside, for everybody in it; false when there is none. `who` stands in the audit. */
  end(id: string, who: string): Promise<boolean>;
}
