import type { IncomingMessage } from "node:http";
import proxyAddr from "@fastify/proxy-addr";
import type { Config } from "../config/index.ts";

/** What tells where a request or a socket comes from. */
interface Asker {
  headers: IncomingMessage["headers"];
  socket: { remoteAddress?: string | undefined };
}

/** Whose X-Forwarded-For is believed, in the words that Fastify takes too. */
export function trustOf({ trustedProxies, trustProxy }: Config): string[] | boolean {
  return trustedProxies.length > 0 ? trustedProxies : trustProxy;
}

/** Gives the machine that something began at, as far as trusted proxies say; the same for REST and sockets. */
export function addressReader(config: Config): (asker: Asker) => string {
  const trust = trustOf(config);
  const trusts = typeof trust === "boolean" ? () => trust : proxyAddr.compile(trust);
  return ({ headers, socket }) => {
    // A socket that is gone already has no address any more.
    const remoteAddress = socket.remoteAddress ?? "";
    return proxyAddr({ headers, socket: { remoteAddress } } as IncomingMessage, trusts);
  };
}
