import {
  type AgentInviteJoinBody,
  type AgentLiveJoinBody,
  type AgentRequestBody,
  type AgentSuperviseBody,
  CopaneError,
  type CustomerJoinBody,
  type CustomerPolicy,
  type CustomerRequestBody,
  type ErrorBody,
  type LiveSessionsAnswer,
  paths,
  plainJson,
  type Role,
  type SignInAnswer,
  type SignInBody,
  type StatusAnswer,
  type Ticket,
} from "@copane/protocol";
import { unanswered } from "../errors.ts";

/** A server that does not answer within this is not reached. */
const TIMEOUT_MS = 15_000;

interface CallOptions {
  body?: object;
  token?: string;
  keepalive?: boolean;
  credentials?: RequestCredentials;
}

/** Who signs in at a proxy in front of the server is known by a cookie there. */
function agent(token: string | undefined): CallOptions {
  return token ? { token } : { credentials: "include" };
}

/** The REST API of one server. Every method rejects with CopaneError. */
export class RestClient {
  readonly #server: string;

  /** @param server the server's base URL, as `https://help.example.com` or with a path prefix */
  constructor(server: string) {
    this.#server = server.replace(/\/+$/, "");
  }

  customerRequest(body: CustomerRequestBody): Promise<Ticket> {
    return this.#call("POST", paths.customerRequest, { body });
  }

  customerJoin(body: CustomerJoinBody): Promise<Ticket> {
    return this.#call("POST", paths.customerJoin, { body });
  }

  /** @param agentToken the agent's JWT; without it the server must know the agent by its proxy or network */
  agentRequest(body: AgentRequestBody, agentToken?: string): Promise<Ticket> {
    return this.#call("POST", paths.agentRequest, { body, ...agent(agentToken) });
  }

  agentJoin(token: string): Promise<Ticket> {
    return this.#call("POST", paths.agentJoin, { token });
  }

  agentLiveJoin(body: AgentLiveJoinBody, agentToken?: string): Promise<Ticket> {
    return this.#call("POST", paths.agentLiveJoin, { body, ...agent(agentToken) });
  }

  /** By a colleague's invitation. */
  agentInviteJoin(body: AgentInviteJoinBody, agentToken: string): Promise<Ticket> {
    return this.#call("POST", paths.agentInviteJoin, { body, token: agentToken });
  }

  /** For supervisors. */
  agentSessions(agentToken: string): Promise<LiveSessionsAnswer> {
    return this.#call("GET", paths.agentSessions, { token: agentToken });
  }

  /** For supervisors. */
  agentSupervise(body: AgentSuperviseBody, agentToken: string): Promise<Ticket> {
    return this.#call("POST", paths.agentSupervise, { body, token: agentToken });
  }

  agentSignIn(body: SignInBody): Promise<SignInAnswer> {
    return this.#call("POST", paths.agentSignIn, { body });
  }

  /** What a page must know before a session. */
  customerPolicy(): Promise<CustomerPolicy> {
    return this.#call("GET", paths.customerPolicy, {});
  }

  status(role: Role, token: string): Promise<StatusAnswer> {
    return this.#call("GET", role === "customer" ? paths.customerStatus : paths.agentStatus, { token });
  }

  /** Leaves; outlives the page that calls it from `beforeunload`. */
  async logout(role: Role, token: string, reason?: string): Promise<void> {
    const path = role === "customer" ? paths.customerLogout : paths.agentLogout;
    await this.#call("POST", path, { body: reason ? { reason } : {}, token, keepalive: true });
  }

  async #call<T>(
    method: string,
    path: string,
    { body, token, keepalive = false, credentials = "omit" }: CallOptions,
  ): Promise<T> {
    let response: Response;
    let answer: unknown;
    try {
      response = await fetch(this.#server + path, {
        method,
        keepalive,
        credentials,
        headers: {
          ...(body ? { "content-type": "application/json" } : {}),
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        },
        ...(body ? { body: plainJson(body) } : {}),
        ...(keepalive ? {} : { signal: AbortSignal.timeout(TIMEOUT_MS) }),
      });
      answer = await response.json();
    } catch (cause) {
      throw unanswered("The co-browsing server cannot be reached.", cause);
    }
    if (response.ok) return answer as T;
    const { error } = answer as { error?: ErrorBody };
    throw error
      ? new CopaneError(error, response.status)
      : unanswered("The server did not say what went wrong.");
  }
}
