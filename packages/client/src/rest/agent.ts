import type {
  AgentInviteJoinBody,
  AgentLiveJoinBody,
  AgentRequestBody,
  AgentSuperviseBody,
  AgentWaitingJoinBody,
  IdentityAnswer,
  LiveSessionsAnswer,
  Metadata,
  SignInAnswer,
  SignInBody,
  SignInWaysAnswer,
  Ticket,
  WaitingAnswer,
} from "@copane/protocol";
import * as paths from "@copane/protocol/paths";
import { type CallOptions, RestClient } from "./rest.ts";

/** Who signs in at a proxy in front of the server is known by a cookie there. */
function agent(token: string | undefined): CallOptions {
  return token ? { token } : { credentials: "include" };
}

/** Which of the customers who wait are meant. */
export interface WaitingQuery {
  reference?: string;
  metadata?: Metadata;
  /** True: only what the site's server signed counts. */
  verified?: boolean;
  /** At most so many: 1 to 200; 50 by default. */
  limit?: number;
}

/** What agents ask the server for. */
export class AgentRest extends RestClient {
  /** @param agentToken the agent's JWT; without it the server must know the agent by its proxy or network */
  agentRequest(body: AgentRequestBody, agentToken?: string): Promise<Ticket> {
    return this.call("POST", paths.agentRequest, { body, ...agent(agentToken) });
  }

  agentJoin(token: string): Promise<Ticket> {
    return this.call("POST", paths.agentJoin, { token });
  }

  agentLiveJoin(body: AgentLiveJoinBody, agentToken?: string): Promise<Ticket> {
    return this.call("POST", paths.agentLiveJoin, { body, ...agent(agentToken) });
  }

  /**
   * Customers who wait, who waits longest first: by the reference of a chat or call, or (where the site lists who
   * waits) all whose metadata have these values. With `verified` only what the site's server signed counts.
   */
  agentWaiting(query: WaitingQuery = {}, agentToken?: string): Promise<WaitingAnswer> {
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
  agentWaitingJoin(body: AgentWaitingJoinBody, agentToken?: string): Promise<Ticket> {
    return this.call("POST", paths.agentWaitingJoin, { body, ...agent(agentToken) });
  }

  /** By a colleague's invitation. */
  agentInviteJoin(body: AgentInviteJoinBody, agentToken: string): Promise<Ticket> {
    return this.call("POST", paths.agentInviteJoin, { body, token: agentToken });
  }

  /** For supervisors. */
  agentSessions(agentToken: string): Promise<LiveSessionsAnswer> {
    return this.call("GET", paths.agentSessions, { token: agentToken });
  }

  /** For supervisors. */
  agentSupervise(body: AgentSuperviseBody, agentToken: string): Promise<Ticket> {
    return this.call("POST", paths.agentSupervise, { body, token: agentToken });
  }

  /** How agents may sign in at this server. */
  signInWays(): Promise<SignInWaysAnswer> {
    return this.call("GET", paths.agentSignInWays);
  }

  /** Who the token makes. Rejects with AGENT_AUTH_INVALID when it makes nobody. */
  identity(agentToken: string): Promise<IdentityAnswer> {
    return this.call("GET", paths.agentIdentity, { token: agentToken });
  }

  agentSignIn(body: SignInBody): Promise<SignInAnswer> {
    return this.call("POST", paths.agentSignIn, { body });
  }
}
