import type { Frame, FrameRoute, FrameRow } from "@copane/protocol";

/** A frame on its way: its bytes, the header read, and what the table says of it. */
export interface RelayedFrame {
  readonly bytes: Uint8Array;
  readonly header: Pick<Frame, "peer" | "flags">;
  readonly row: Pick<FrameRow, "waitsForKeyframe">;
  readonly to: FrameRoute["to"];
}
