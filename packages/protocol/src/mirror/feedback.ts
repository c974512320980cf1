import { ByteReader, ByteWriter, MalformedFrameError } from "../binary.ts";
import { readFontKey, writeFontKey } from "./font-key.ts";
import type { FontKey } from "./ops.ts";

/** What a viewer tells the capture side. */
export type Feedback =
  /** Every frame of `epoch` up to and including `seq` is applied. */
  | { kind: "ack"; epoch: number; seq: number }
  /** The viewer lost its place and needs a fresh epoch. */
  | { kind: "resync" }
  /** The viewer could not load these fonts by itself (they are not for other origins, or not reachable). */
  | { kind: "fonts"; keys: FontKey[] };

const kinds = { ack: 1, resync: 2, fonts: 3 } as const;

/** More faces than this in one request are not answered. */
const MOST_FONTS = 64;

export function encodeFeedback(feedback: Feedback): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter(16);
  out.u8(kinds[feedback.kind]);
  if (feedback.kind === "ack") {
    out.varint(feedback.epoch);
    out.varint(feedback.seq);
  } else if (feedback.kind === "fonts") {
    const keys = feedback.keys.slice(0, MOST_FONTS);
    out.varint(keys.length);
    for (const key of keys) writeFontKey(out, key);
  }
  return out.take();
}

/** Throws `MalformedFrameError` on anything else. */
export function decodeFeedback(payload: Uint8Array): Feedback {
  const input = new ByteReader(payload);
  switch (input.u8()) {
    case kinds.ack:
      return { kind: "ack", epoch: input.varint(), seq: input.varint() };
    case kinds.resync:
      return { kind: "resync" };
    case kinds.fonts: {
      const keys: FontKey[] = [];
      for (let count = Math.min(input.varint(), MOST_FONTS); count > 0; count--)
        keys.push(readFontKey(input));
      return { kind: "fonts", keys };
    }
    default:
      throw new MalformedFrameError("unknown feedback");
  }
}
