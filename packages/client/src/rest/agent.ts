import type {
  AgentHistoryAnswer,
  AgentInviteJoinBody,
  AgentLiveJoinBody,
  AgentRequestBody,
  AgentSuperviseBody,
  IdentityAnswer,
  LiveSessionsAnswer,
  SessionNote,
  SignInAnswer,
  SignInBody,
  SignInWaysAnswer,
  Ticket,
} from "@copane/protocol";
import * as paths from "@copane/protocol/paths";
import { type CallOptions, RestClient } from "./rest.ts";

/** Who signs in at a proxy in front of the server is known by a cookie there. */
export function agent(token: string | undefined): CallOptions {
  return token ? { token } : { credentials: "include" };
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

  /** The caller's own last sessions, with the notes on them. */
  history(agentToken: string): Promise<AgentHistoryAnswer> {
    return this.call("GET", paths.agentHistory, { token: agentToken });
  }

  /** Notes something of a session that the caller took part in; replaces what was noted before. */
  note(sessionId: string, body: SessionNote, agentToken: string): Promise<SessionNote> {
    const path = `${paths.agentHistory}/${encodeURIComponent(sessionId)}/note`;
    return this.call("PUT", path, { body, token: agentToken });
  }

  agentSignIn(body: SignInBody): Promise<SignInAnswer> {
    return this.call("POST", paths.agentSignIn, { body });
  }
}
