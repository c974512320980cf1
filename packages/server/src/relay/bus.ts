import type { Frame, FrameRoute, FrameRow, ServerMessage } from "@copane/protocol";

/** A frame on its way: its bytes, the header read, and what the table says of it. */
export interface RelayedFrame {
  readonly bytes: Uint8Array;
  readonly header: Pick<Frame, "peer" | "flags">;
  readonly row: Pick<FrameRow, "waitsForKeyframe">;
  readonly to: FrameRoute["to"];
}

/** What the servers that hold peers of one session tell each other. */
export type Parcel =
  /** A server has its first peer of the session: the others say who is with them. */
  | { t: "who" }
  /** These participants are connected at the server that says so, and were before. */
  | { t: "present"; numbers: readonly number[] }
  /** A participant has connected there, in place of any connection that it had. */
  | { t: "came"; number: number }
  /** Its connection there is gone. */
  | { t: "went"; number: number }
  | { t: "frame"; frame: RelayedFrame; sender: number }
  /** For one participant, by whoever holds its connection. */
  | { t: "message"; to: number; message: ServerMessage };

/** One server's place on the bus, for one session. */
export interface BusLine {
  /** Sends a parcel to the session's other servers, in order. */
  publish(parcel: Parcel): void;
  close(): void;
}

/** How frames and messages of a session reach its peers that are connected to another server. */
export interface Bus {
  /** Opens a line; `hear` is given what the session's other servers publish. */
  open(sessionId: string, hear: (parcel: Parcel) => void): BusLine;
}
