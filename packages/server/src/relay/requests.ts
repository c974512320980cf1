import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import { CataloguedError, errorBody, limits, paths, type Role } from "@copane/protocol";

export type OriginCheck = (origin: string | undefined, host: string | undefined) => boolean;

/** Where sockets are opened, and by whom. */
export const prefixes: readonly [prefix: string, role: Role][] = [
  [paths.customerSocket, "customer"],
  [paths.agentSocket, "agent"],
];

/** Origins and body sizes, before SockJS sees a request. */
export function guardRequests(server: Server, isOriginAllowed: OriginCheck): void {
  const listeners = server.listeners("request") as RequestListener[];
  server.removeAllListeners("request");
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    if (isSocketPath(request)) {
      const { origin, host } = request.headers;
      if (!isOriginAllowed(origin, host)) {
        refuse(response, new CataloguedError("ORIGIN_NOT_ALLOWED"));
        return;
      }
      // Frames come as base64, several to a request.
      const most = limits.frameBytes * 4;
      if (Number(request.headers["content-length"] ?? 0) > most) {
        refuse(response, new CataloguedError("FRAME_TOO_LARGE"));
        return;
      }
      let received = 0;
      request.on("data", (chunk: Buffer) => {
        received += chunk.length;
        if (received > most) request.destroy();
      });
    }
    for (const listener of listeners) listener.call(server, request, response);
  });
}

export function pathOf(request: IncomingMessage): string {
  const path = (request.url ?? "").split("?", 1)[0] ?? "";
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}

export function isSocketPath(request: IncomingMessage): boolean {
  const path = pathOf(request);
  return prefixes.some(([prefix]) => path === prefix || path.startsWith(`${prefix}/`));
}

function refuse(response: ServerResponse, error: CataloguedError): void {
  response.writeHead(error.status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify({ error: errorBody(error) }));
}
