import { limits } from "@copane/protocol";
import type { FastifyRequest } from "fastify";
import type { Config } from "../config/index.ts";
import type { AgentIdentity } from "./identity.ts";
import { Networks } from "./networks.ts";

/** Who makes a request, apart from any token. */
export interface Caller {
  /** The machine at the other end of the connection: a proxy, where there is one. */
  peer: string | undefined;
  /** The machine that the request began at, as far as trusted proxies say. */
  address: string;
  header(name: string): string | undefined;
}

export function callerOf(request: FastifyRequest): Caller {
  return {
    peer: request.socket.remoteAddress,
    address: request.ip,
    header: (name) => {
      const value = request.headers[name];
      // A header that stands there twice was not set by the proxy alone.
      return typeof value === "string" ? value : undefined;
    },
  };
}

/** Agents without a token, as the pages of Avaya's SDK are: known by their proxy or by their network. */
export class CallerAuth {
  readonly #mode: Config["agentAuth"];
  readonly #header: string;
  readonly #proxies: Networks;
  readonly #networks: Networks;

  constructor(config: Config) {
    this.#mode = config.agentAuth;
    this.#header = config.agentHeader.toLowerCase();
    this.#proxies = new Networks(config.trustedProxies);
    this.#networks = new Networks(config.agentNetworks);
  }

  /** Undefined: nothing but a token makes this caller an agent. The role is never more than an agent's. */
  identify(caller: Caller): AgentIdentity | undefined {
    if (this.#mode === "trusted-proxy") return this.#byProxy(caller);
    return this.#mode === "open" ? this.#byNetwork(caller) : undefined;
  }

  #byProxy({ peer, header }: Caller): AgentIdentity | undefined {
    if (!this.#proxies.has(peer)) return undefined;
    const name = header(this.#header)?.trim();
    return name ? { agentId: `proxy:${name.slice(0, limits.emailLength)}`, role: "agent" } : undefined;
  }

  #byNetwork({ peer, address, header }: Caller): AgentIdentity | undefined {
    // Behind a proxy that is not named, or that does not say for whom it asks, everyone has the proxy's address.
    const forwarded = header("x-forwarded-for") !== undefined || header("forwarded") !== undefined;
    if (this.#proxies.has(peer) !== forwarded) return undefined;
    return this.#networks.has(address) ? { agentId: `network:${address}`, role: "agent" } : undefined;
  }
}
