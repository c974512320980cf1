import type { ServerMessage, SocketClose } from "@copane/protocol";

/** One connected participant, as the relay sees it. */
export interface Peer {
  /** Bytes accepted for it that the network has not taken yet. */
  readonly buffered: number;
  send(message: ServerMessage): void;
  sendFrame(frame: Uint8Array): void;
  /** Ends the connection. The relay is told by `leave`, as of any other end. */
  close(code: SocketClose, reason: string): void;
}
