import type { Server } from "node:http";
import type { Role } from "@copane/protocol";
import sockjs from "sockjs";
import { Connection, type ConnectionContext } from "./connection.ts";
import { SockJsLink } from "./link.ts";

/** Serves SockJS on a prefix: for those whom no WebSocket reaches, and for clients of the Avaya SDK. */
export function serveSockJs(server: Server, context: ConnectionContext, prefix: string, role: Role): void {
  const endpoint = sockjs.createServer({
    log: (severity: string, line: string) => {
      if (severity === "error") context.log.warn({ line }, "sockjs");
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
  endpoint.installHandlers(server, { prefix });
}
