import {
  CopaneError,
  type ErrorBody,
  type LogoutBody,
  plainJson,
  type Role,
  type StatusAnswer,
} from "@copane/protocol";
import * as paths from "@copane/protocol/paths";
import { originNotAllowed, unanswered } from "../errors.ts";

/** A server that does not answer within this is not reached. */
const TIMEOUT_MS = 15_000;

/** It is asked no longer than this whether it is there at all. */
const PROBE_MS = 3_000;

export interface CallOptions {
  body?: object;
  token?: string;
  keepalive?: boolean;
  credentials?: RequestCredentials;
}

/** The REST API of one server, as far as every participant uses it. Every method rejects with CopaneError. */
export class RestClient {
  readonly #server: string;

  /** @param server the server's base URL, as `https://help.example.com` or with a path prefix */
  constructor(server: string) {
    this.#server = server.replace(/\/+$/, "");
  }

  status(role: Role, token: string): Promise<StatusAnswer> {
    return this.call("GET", role === "customer" ? paths.customerStatus : paths.agentStatus, { token });
  }

  /** Leaves; outlives the page that calls it from `beforeunload`. */
  async logout(role: Role, token: string, body: LogoutBody = {}): Promise<void> {
    const path = role === "customer" ? paths.customerLogout : paths.agentLogout;
    await this.call("POST", path, { body, token, keepalive: true });
  }

  /** Calls an address below the server's base. */
  async call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
    const response = await this.ask(method, path, options);
    try {
      return (await response.json()) as T;
    } catch (cause) {
      throw unanswered("The co-browsing server cannot be reached.", cause);
    }
  }

  /** The same; gives an answer that need not be JSON. */
  protected async ask(
    method: string,
    path: string,
    { body, token, keepalive = false, credentials = "omit" }: CallOptions,
  ): Promise<Response> {
    let response: Response;
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
    } catch (cause) {
      if (!keepalive && (await this.#refusesOrigin())) throw originNotAllowed(cause);
      throw unanswered("The co-browsing server cannot be reached.", cause);
    }
    if (response.ok) return response;
    const { error } = (await response.json().catch(() => ({}))) as { error?: ErrorBody };
    throw error
      ? new CopaneError(error, response.status)
      : unanswered("The server did not say what went wrong.");
  }

  /**
   * Whether the server is there after all. Browsers do not tell a page of an origin that is not allowed why it has no
   * answer; scripts of the server any page may load.
   */
  async #refusesOrigin(): Promise<boolean> {
    const own = globalThis.location?.origin;
    if (!own || this.#server.startsWith(`${own}/`) || this.#server === own) return false;
    try {
      const signal = AbortSignal.timeout(PROBE_MS);
      await fetch(`${this.#server}/sdk/copane.js`, {
        method: "HEAD",
        mode: "no-cors",
        cache: "no-store",
        signal,
      });
    } catch {
      return false;
    }
    console.error(`copane: ${this.#server} does not allow ${own}. Add it to COPANE_ALLOWED_ORIGINS there.`);
    return true;
  }
}
