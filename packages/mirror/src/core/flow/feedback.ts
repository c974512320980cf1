import { ByteWriter, type Frame } from "@copane/protocol";

/**
 * What a viewer sends back to the capture: an acknowledgement or a request for a fresh epoch, whose header says it all,
 * or feedback with a payload.
 */
export type FeedbackFrame = Omit<Frame, "peer" | "flags">;

/** The first byte of a feedback's payload: which feature it is for. The rest is told in that feature's `wire.ts`. */
export const fonts = 3;
export const assets = 4;
export const check = 5;
export const subframe = 6;

/** The payload of a feedback frame. */
export function encodeFeedback(kind: number, write: (out: ByteWriter) => void): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter(32);
  out.u8(kind);
  write(out);
  return out.take();
}
