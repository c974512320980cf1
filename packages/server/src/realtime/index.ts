import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import {
  CataloguedError,
  frameTable,
  limits,
  MOST_HEADER_BYTES,
  paths,
  type Role,
  type SitePrivacy,
} from "@copane/protocol";
import sockjs from "sockjs";
import { type WebSocket, WebSocketServer } from "ws";
import type { SessionHooks, SessionService } from "../sessions/index.ts";
import { Connection, type ConnectionContext } from "./connection.ts";
import { SockJsLink, WebSocketLink } from "./link.ts";
import { Room } from "./room.ts";

export interface RealtimeSettings {
  /** A socket that has not said hello by then is closed. */
  helloMs: number;
  /** Bytes that may wait for a slow peer before it is cut off and brought up to date afresh. */
  maxQueueBytes: number;
  /** Sockets that are silent are asked for a sign of life this often. */
  heartbeatMs: number;
  /** Agree with clients on deflating what crosses a WebSocket. */
  deflate: boolean;
}

/**
 * What deflating costs the server at most, for each socket: 40 KB to inflate what comes, 96 KB to deflate what goes.
 * Clients keep the whole window: theirs is where the bytes are.
 */
const deflateOptions = {
  serverMaxWindowBits: 13,
  zlibDeflateOptions: { level: 4, memLevel: 7 },
};

export interface RealtimeOptions {
  server: Server;
  sessions: SessionService;
  settings: RealtimeSettings;
  hooks: SessionHooks;
  /** What every page of the site hides. */
  privacy(): SitePrivacy;
  isOriginAllowed(origin: string | undefined, host: string | undefined): boolean;
  log: { info(data: object, message: string): void; warn(data: object, message: string): void };
  /** Where sockjs's own iframe page loads its client from. */
  sockjsUrl: string;
}

const prefixes: readonly [string, Role][] = [
  [paths.customerSocket, "customer"],
  [paths.agentSocket, "agent"],
];

/** Attaches both socket endpoints to an HTTP server: raw WebSocket by `ws`, everything else by SockJS. */
export function attachRealtime(options: RealtimeOptions): { privacyChanged(): void; close(): void } {
  const { log } = options;
  const rooms = new Map<string, Room<Connection>>();
  const context: ConnectionContext = {
    sessions: options.sessions,
    frames: frameTable(),
    helloMs: options.settings.helloMs,
    hooks: options.hooks,
    privacy: options.privacy,
    log,
    room: (id) => {
      let room = rooms.get(id);
      if (!room) {
        room = new Room(options.settings.maxQueueBytes);
        rooms.set(id, room);
      }
      return room;
    },
    left: (id) => {
      if (rooms.get(id)?.empty) rooms.delete(id);
    },
  };
  for (const [prefix, role] of prefixes) serveSockJs(options, context, prefix, role);
  guardRequests(options);
  const raw = serveRaw(options, context);
  return {
    privacyChanged: () => {
      for (const room of rooms.values()) room.customer?.privacy();
    },
    close: raw.close,
  };
}

function serveSockJs(options: RealtimeOptions, context: ConnectionContext, prefix: string, role: Role): void {
  const endpoint = sockjs.createServer({
    sockjs_url: options.sockjsUrl,
    log: (severity: string, line: string) => {
      if (severity === "error") options.log.warn({ line }, "sockjs");
    },
  });
  endpoint.on("connection", (socket) => {
    // Null when the client is gone before its session began.
    if (!socket) return;
    const connection = new Connection(new SockJsLink(socket), role, context);
    socket.on("data", (data: string) => {
      if (data.startsWith("b")) connection.frame(Buffer.from(data.slice(1), "base64"));
      else connection.text(data);
    });
    socket.on("close", () => connection.ended());
  });
  endpoint.installHandlers(options.server, { prefix });
}

/** Origins and body sizes, before SockJS sees a request. */
function guardRequests({ server, isOriginAllowed }: RealtimeOptions): void {
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

function serveRaw(options: RealtimeOptions, context: ConnectionContext): { close(): void } {
  const { server, isOriginAllowed, settings, log } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.frameBytes + MOST_HEADER_BYTES,
    perMessageDeflate: settings.deflate && deflateOptions,
  });
  const alive = new WeakSet<WebSocket>();
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
    sockets.handleUpgrade(request, socket, head, (webSocket) => serve(webSocket, role));
  });

  const serve = (socket: WebSocket, role: Role) => {
    const connection = new Connection(new WebSocketLink(socket), role, context);
    alive.add(socket);
    socket.on("pong", () => alive.add(socket));
    socket.on("message", (data: Buffer, binary) => {
      alive.add(socket);
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
      if (!alive.has(socket)) {
        socket.terminate();
        continue;
      }
      alive.delete(socket);
      socket.ping();
    }
  }, settings.heartbeatMs);
  heartbeat.unref();

  return {
    close: () => {
      clearInterval(heartbeat);
      for (const socket of sockets.clients) socket.close(1001);
      setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, 1_000).unref();
      sockets.close();
    },
  };
}

function pathOf(request: IncomingMessage): string {
  const path = (request.url ?? "").split("?", 1)[0] ?? "";
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}

function isSocketPath(request: IncomingMessage): boolean {
  const path = pathOf(request);
  return prefixes.some(([prefix]) => path === prefix || path.startsWith(`${prefix}/`));
}

function refuse(response: ServerResponse, error: CataloguedError): void {
  response.writeHead(error.status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify({ error: error.toBody() }));
}
