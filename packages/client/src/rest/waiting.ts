import type { AgentWaitingJoinBody, Metadata, Ticket, WaitingAnswer } from "@copane/protocol";
import * as paths from "@copane/protocol/paths";
import { agent } from "./agent.ts";
import { RestClient } from "./rest.ts";

/** Which of the customers who wait are meant. */
export interface WaitingQuery {
  reference?: string;
  metadata?: Metadata;
  /** True: only what the site's server signed counts. */
  verified?: boolean;
  /** At most so many: 1 to 200; 50 by default. */
  limit?: number;
}

/** Customers who wait for an agent. */
export class WaitingRest extends RestClient {
  /**
   * Customers who wait, who waits longest first: by the reference of a chat or call, or (where the site lists who
   * waits) all whose metadata have these values. With `verified` only what the site's server signed counts.
   */
  list(query: WaitingQuery = {}, agentToken?: string): Promise<WaitingAnswer> {
    const { reference, metadata = {}, verified, limit } = query;
    const search = new URLSearchParams({
      ...(reference === undefined ? {} : { reference }),
      ...(verified ? { verified: "true" } : {}),
      ...(limit === undefined ? {} : { limit: String(limit) }),
    });
    for (const [name, value] of Object.entries(metadata)) search.set(`metadata.${name}`, String(value));
    return this.call("GET", `${paths.agentWaiting}?${search}`, agent(agentToken));
  }

  /** Without the key: by the reference of a chat or call, or by the id of a session in the list of who waits. */
  join(body: AgentWaitingJoinBody, agentToken?: string): Promise<Ticket> {
    return this.call("POST", paths.agentWaitingJoin, { body, ...agent(agentToken) });
  }
}
