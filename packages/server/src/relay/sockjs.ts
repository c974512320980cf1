import type { Server } from "node:http";
import { type Role, SocketClose } from "@copane/protocol";
import sockjs from "sockjs";
import { Connection, type ConnectionContext } from "./connection.ts";
import { SockJsLink } from "./link.ts";
import type { Place } from "./open-sockets.ts";
import type { SocketAsker } from "./requests.ts";

export interface SockJsOptions {
  server: Server;
  context: ConnectionContext;
  /** Takes a place for a socket; undefined when its network has as many as it may. */
  place(asker: SocketAsker): Place | undefined;
}

/** Serves SockJS on a prefix: for those whom no WebSocket reaches, and for clients of the Avaya SDK. */
export function serveSockJs(options: SockJsOptions, prefix: string, role: Role): void {
  const { server, context, place } = options;
  const endpoint = sockjs.createServer({
    log: (severity: string, line: string) => {
      if (severity === "error") context.log.warn({ line }, "sockjs");
    },
  });
  endpoint.on("connection", (socket) => {
    // Null when the client is gone before its session began.
    if (!socket) return;
    const { headers, remoteAddress } = socket;
    const taken = place({ headers, socket: { remoteAddress } });
    const link = new SockJsLink(socket);
    if (!taken) {
      link.close(SocketClose.overloaded, "too many sockets from this network");
      return;
    }
    const connection = new Connection(link, role, context, taken);
    socket.on("data", (data: string) => {
      if (data.startsWith("b")) connection.frame(Buffer.from(data.slice(1), "base64"));
      else connection.text(data);
    });
    socket.on("close", () => connection.ended());
  });
  endpoint.installHandlers(server, { prefix });
}
