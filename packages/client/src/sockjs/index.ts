import SockJs from "sockjs-client/dist/sockjs.js";
import type { Socket, SocketEvents } from "../transport/socket.ts";
import { fromBase64, toBase64 } from "./base64.ts";

/** A socket over SockJS, where WebSocket does not pass: frames are `"b"` and base64. */
export function openSockJs(url: string, events: SocketEvents): Socket {
  const socket = new SockJs(url, null, { transports: ["xhr-streaming", "xhr-polling"] });
  let opened = false;
  socket.onopen = () => {
    opened = true;
    events.open();
  };
  socket.onmessage = ({ data }: { data: string }) => {
    if (data.startsWith("b")) events.frame(fromBase64(data.slice(1)));
    else events.text(data);
  };
  socket.onclose = ({ code }) => events.closed(Number(code), opened);
  return {
    sendText: (text) => socket.send(text),
    sendFrame: (bytes) => socket.send(`b${toBase64(bytes)}`),
    close: () => socket.close(),
    buffered: 0,
  };
}
