import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { limits, type Role } from "@copane/protocol";
import { type WebSocket, WebSocketServer } from "ws";
import { Connection, type ConnectionContext } from "./connection.ts";
import { WebSocketLink } from "./link.ts";
import type { Place } from "./open-sockets.ts";
import { isSocketPath, type OriginCheck, pathOf, prefixes, type SocketAsker } from "./requests.ts";

export interface WebSocketSettings {
  /** Sockets that are silent are asked for a sign of life this often. */
  heartbeatMs: number;
}

export interface WebSocketOptions {
  server: Server;
  context: ConnectionContext;
  settings: WebSocketSettings;
  isOriginAllowed: OriginCheck;
  /** Takes a place for a socket; undefined when its network has as many as it may. */
  place(asker: SocketAsker): Place | undefined;
  log: { info(data: object, message: string): void };
}

/** Serves plain WebSockets. Gives the function that ends them all. */
export function serveWebSockets(options: WebSocketOptions): () => void {
  const { server, context, isOriginAllowed, place, settings, log } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    // A frame beyond the limit is refused with a reason by its connection; only what is far beyond is cut off unread.
    maxPayload: 2 * limits.frameBytes,
    // Pages compress what they send, once for all viewers; the server passes it on unread.
    perMessageDeflate: false,
  });
  /** Whether each socket has given a sign of life since it was asked for one. */
  const signs = new WeakMap<WebSocket, { alive: boolean }>();
  const others = server.listeners("upgrade") as ((r: IncomingMessage, s: Duplex, h: Buffer) => void)[];
  server.removeAllListeners("upgrade");
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    const { origin, host } = request.headers;
    if (!isSocketPath(request)) {
      socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
      return;
    }
    if (!isOriginAllowed(origin, host)) {
      socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
      return;
    }
    const path = pathOf(request);
    const role = prefixes.find(([prefix]) => path === `${prefix}/websocket`)?.[1];
    if (role === undefined) {
      for (const listener of others) listener.call(server, request, socket, head);
      return;
    }
    const taken = place(request);
    if (!taken) {
      socket.end("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 10\r\nConnection: close\r\n\r\n");
      return;
    }
    // Also where the handshake comes to nothing.
    socket.on("close", () => taken.free());
    sockets.handleUpgrade(request, socket, head, (webSocket) => serve(webSocket, role, taken));
  });

  const serve = (socket: WebSocket, role: Role, taken: Place) => {
    const connection = new Connection(new WebSocketLink(socket), role, context, taken);
    const sign = { alive: true };
    signs.set(socket, sign);
    socket.on("pong", () => {
      sign.alive = true;
    });
    socket.on("message", (data: Buffer, binary) => {
      sign.alive = true;
      if (binary) connection.frame(data);
      else connection.text(data.toString("utf8"));
    });
    socket.on("close", () => connection.ended());
    socket.on("error", (error) => {
      log.info({ code: (error as NodeJS.ErrnoException).code }, "socket error");
    });
  };

  const heartbeat = setInterval(() => {
    for (const socket of sockets.clients) {
      const sign = signs.get(socket);
      if (!sign?.alive) {
        socket.terminate();
        continue;
      }
      sign.alive = false;
      socket.ping();
    }
  }, settings.heartbeatMs);
  heartbeat.unref();

  return () => {
    clearInterval(heartbeat);
    for (const socket of sockets.clients) socket.close(1001);
    setTimeout(() => {
      for (const socket of sockets.clients) socket.terminate();
    }, 1_000).unref();
    sockets.close();
  };
}
