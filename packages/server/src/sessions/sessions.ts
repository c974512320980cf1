import type { LiveSessionsAnswer, LogoutBody, Role, StatusAnswer, Ticket } from "@copane/protocol";
import type { AgentsWish, CustomersWish } from "./new-sessions.ts";

/**
 * What REST routes ask of sessions, wherever they are decided. Every method throws, or rejects with, CataloguedError
 * when the rules or the secrets forbid it.
 */
export interface Sessions {
  createByCustomer(wish: CustomersWish): Promise<Ticket>;
  createByAgent(wish: AgentsWish): Promise<Ticket>;
  /** Takes back a session that was made here and nobody was told of. */
  withdraw(id: string): Promise<void>;
  joinByCustomer(wish: { name: string; passphrase: string }): Promise<Ticket>;
  /** Second step of an agent's session; may be repeated. */
  joinByAgent(token: string): Promise<Ticket>;
  joinLive(wish: { agentId: string; name: string; passphrase: string }): Promise<Ticket>;
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
