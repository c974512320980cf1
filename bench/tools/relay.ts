import { listen } from "@copane/e2e";
import { type WebSocket, WebSocketServer } from "ws";

/**
 * A relay that does nothing but pass on and keep: what arrives at `/record` goes to every `/view`, and what these
 * answer goes back. Only what comes from `/record` is kept.
 */
export interface Relay {
  address: string;
  readonly bytes: number;
  readonly messages: readonly Uint8Array[];
  close(): Promise<void>;
}

export async function startRelay(): Promise<Relay> {
  const site = await listen((_request, response) => response.writeHead(404).end());
  const sockets = new WebSocketServer({
    server: site.server,
    perMessageDeflate: false,
    maxPayload: 512 << 20,
  });
  const viewers = new Set<WebSocket>();
  const recorders = new Set<WebSocket>();
  const messages: Uint8Array[] = [];
  let bytes = 0;
  sockets.on("connection", (socket, request) => {
    const [side, other] = request.url === "/view" ? [viewers, recorders] : [recorders, viewers];
    side.add(socket);
    socket.on("close", () => side.delete(socket));
    socket.on("error", () => socket.terminate());
    socket.on("message", (data: Buffer, binary) => {
      if (side === recorders) {
        bytes += data.length;
        messages.push(data);
      }
      for (const receiver of other) receiver.send(data, { binary });
    });
  });
  return {
    address: site.origin.replace("http", "ws"),
    get bytes() {
      return bytes;
    },
    messages,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      await site.close();
    },
  };
}
