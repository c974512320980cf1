import type { SocketClose } from "@copane/protocol";
import type { Connection as SockJsConnection } from "sockjs";
import { WebSocket } from "ws";

/** One socket, whatever carries it. */
export interface Link {
  sendText(text: string): void;
  sendFrame(frame: Uint8Array): void;
  close(code: SocketClose, reason: string): void;
  /** Bytes accepted but not yet taken by the network. */
  readonly buffered: number;
}

/** A plain WebSocket: text messages, binary frames. */
export class WebSocketLink implements Link {
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  get buffered(): number {
    return this.#socket.bufferedAmount;
  }

  sendText(text: string): void {
    this.#send(text);
  }

  sendFrame(frame: Uint8Array): void {
    this.#send(frame);
  }

  close(code: SocketClose, reason: string): void {
    this.#socket.close(code, reason.slice(0, 120));
    // A peer that does not answer the close must not keep the socket.
    setTimeout(() => this.#socket.terminate(), 2_000).unref();
  }

  #send(data: string | Uint8Array): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(data);
  }
}

/** What sockjs keeps of a session; it offers no public way to see how much waits. */
interface SockJsInternals {
  _session?: {
    send_buffer?: string[];
    recv?: { response?: { writableLength?: number }; ws?: { _stream?: { writableLength?: number } } };
  };
}

/** A SockJS connection: text only, frames as `"b"` and base64. */
export class SockJsLink implements Link {
  readonly #connection: SockJsConnection;

  constructor(connection: SockJsConnection) {
    this.#connection = connection;
  }

  get buffered(): number {
    const session = (this.#connection as unknown as SockJsInternals)._session;
    let bytes = session?.recv?.response?.writableLength ?? session?.recv?.ws?._stream?.writableLength ?? 0;
    for (const text of session?.send_buffer ?? []) bytes += text.length;
    return bytes;
  }

  sendText(text: string): void {
    this.#connection.write(text);
  }

  sendFrame(frame: Uint8Array): void {
    this.#connection.write(
      `b${Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength).toString("base64")}`,
    );
  }

  close(code: SocketClose, reason: string): void {
    // The library's types ask for a string, but clients are given what is passed here, and codes are numbers.
    this.#connection.close(code as unknown as string, reason.slice(0, 120));
  }
}
