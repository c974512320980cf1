import type { Ticket } from "@copane/protocol";
import type { AgentAuth } from "../../auth/agent.ts";
import type { CustomerAuth } from "../../auth/customer.ts";
import type { GuessLimiter } from "../../auth/guessing.ts";
import type { Sessions } from "../../sessions/index.ts";
import { ErrorAnswer } from "../schemas/sessions.ts";

/** What the routes of sessions work with. */
export interface SessionRoutes {
  sessions: Sessions;
  agents: AgentAuth;
  customers: CustomerAuth;
  /** Whether agents may see who waits. */
  presence: boolean;
  guesses: GuessLimiter;
  /** Resolves once all that has happened in a session is stored. Rejects with STORE_UNAVAILABLE. */
  stored(sessionId: string): Promise<void>;
}

export const failures = { "4xx": ErrorAnswer, "5xx": ErrorAnswer };
export const participantToken = [{ participantToken: [] }];
export const agentToken = [{ agentToken: [] }];

/** Gives the ticket of a session that was just made, once that is stored. If it cannot be, there is no such session. */
export async function created(ticket: Ticket, { sessions, stored }: SessionRoutes): Promise<Ticket> {
  const { id } = ticket.session;
  try {
    await stored(id);
  } catch (error) {
    await sessions.withdraw(id);
    throw error;
  }
  return ticket;
}

/** Gives the ticket of who has joined, once that is stored. */
export async function joined(ticket: Ticket, { stored }: SessionRoutes): Promise<Ticket> {
  await stored(ticket.session.id);
  return ticket;
}
