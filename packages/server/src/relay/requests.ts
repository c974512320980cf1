import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import { CataloguedError, errorBody, limits, paths, type Role } from "@copane/protocol";
import helmet from "helmet";
import { isFramePage, SockJsFrame } from "./sockjs-frame.ts";

export type OriginCheck = (origin: string | undefined, host: string | undefined) => boolean;

/** Which pages may talk to this server. */
export interface Origins {
  allows: OriginCheck;
  /** Whether it is the server's own origin, allowed or not. */
  isOwn: OriginCheck;
  /** The same as sources of a content security policy: who may put a page of ours into an iframe. */
  readonly frameAncestors: string;
}

/** What tells where a socket comes from. */
export interface SocketAsker {
  headers: IncomingMessage["headers"];
  socket: { remoteAddress?: string | undefined };
}

/** Where sockets are opened, and by whom. */
export const prefixes: readonly [prefix: string, role: Role][] = [
  [paths.customerSocket, "customer"],
  [paths.agentSocket, "agent"],
];

/** What all other answers of the server carry, too. */
const shared = {
  contentSecurityPolicy: false,
  crossOriginResourcePolicy: { policy: "cross-origin" },
  strictTransportSecurity: false,
} as const;
const headers = helmet(shared);
/** Pages that are made for iframes of other origins; who may do so stands in their content security policy. */
const framedHeaders = helmet({ ...shared, xFrameOptions: false });

/** Origins, body sizes and headers, before SockJS sees a request; and the pages of its that are ours. */
export function guardRequests(server: Server, origins: Origins): void {
  const listeners = server.listeners("request") as RequestListener[];
  const frame = new SockJsFrame();
  server.removeAllListeners("request");
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const below = belowPrefix(request);
    if (below !== undefined) {
      setHeaders(below, origins, request, response);
      const { origin, host } = request.headers;
      // SockJS's iframe asks from the server's own origin; who may have that iframe is decided by its headers.
      if (!origins.allows(origin, host) && !origins.isOwn(origin, host)) {
        refuse(response, new CataloguedError("ORIGIN_NOT_ALLOWED"));
        return;
      }
      // Frames come as base64, several to a request.
      const most = limits.frameBytes * 4;
      if (Number(request.headers["content-length"] ?? 0) > most) {
        refuse(response, new CataloguedError("FRAME_TOO_LARGE"));
        return;
      }
      if (frame.answer(below, request, response)) return;
      let received = 0;
      request.on("data", (chunk: Buffer) => {
        received += chunk.length;
        if (received > most) request.destroy();
      });
    }
    for (const listener of listeners) listener.call(server, request, response);
  });
}

function setHeaders(
  below: string,
  { frameAncestors }: Origins,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const policy = policyOf(below);
  (policy ? framedHeaders : headers)(request, response, () => {});
  response.setHeader(
    "content-security-policy",
    policy ? `${policy}; frame-ancestors ${frameAncestors}` : "default-src 'none'; frame-ancestors 'none'",
  );
}

/** What SockJS's pages for iframes may do; nothing for what is no page. */
function policyOf(below: string): string | undefined {
  if (isFramePage(below))
    return "default-src 'none'; script-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'";
  // Each message comes as a script in the page, by SockJS's protocol.
  if (below.endsWith("/htmlfile"))
    return "default-src 'none'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
  return undefined;
}

export function pathOf(request: IncomingMessage): string {
  const path = (request.url ?? "").split("?", 1)[0] ?? "";
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}

/** The path below a socket's prefix; none elsewhere. */
function belowPrefix(request: IncomingMessage): string | undefined {
  const path = pathOf(request);
  const prefix = prefixes.find(([one]) => path === one || path.startsWith(`${one}/`))?.[0];
  return prefix === undefined ? undefined : path.slice(prefix.length);
}

export function isSocketPath(request: IncomingMessage): boolean {
  return belowPrefix(request) !== undefined;
}

function refuse(response: ServerResponse, error: CataloguedError): void {
  response.writeHead(error.status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify({ error: errorBody(error) }));
}
