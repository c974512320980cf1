import { ByteReader, ByteWriter, type Frame, MalformedFrameError } from "@copane/protocol";
import type { Asset } from "../../features/assets/wire.ts";
import { MOST_WANTED, readWantedFont, type WantedFont, writeWantedFont } from "../../features/fonts/wire.ts";

/**
 * What a viewer sends back to the capture: an acknowledgement or a request for a fresh epoch, whose header says it all,
 * or feedback with a payload.
 */
export type FeedbackFrame = Omit<Frame, "peer" | "flags">;

/** What a viewer tells the capture side. */
export type Feedback =
  /** The viewer could not load these fonts by itself (they are not for other origins, or not reachable). */
  | { kind: "fonts"; wanted: WantedFont[] }
  /** The viewer could not load what these elements show, or may not read it. */
  | { kind: "assets"; wanted: { id: number; asset: Asset }[] }
  /** What the viewer has of some subtrees after frame `seq`. */
  | { kind: "check"; epoch: number; seq: number; parts: CheckedPart[] }
  /** A feedback frame, as bytes, for the page of another origin in an iframe, by the iframe's number. */
  | { kind: "frame"; number: number; payload: Uint8Array };

/** What a viewer has of a subtree, as a hash; `deep` is false for a node and its children alone. */
export interface CheckedPart {
  id: number;
  deep: boolean;
  hash: number;
}

/** Subtrees of one check; more are not read. */
export const MOST_CHECKED = 200;

const kinds = { fonts: 3, assets: 4, check: 5, frame: 6 } as const;

export function encodeFeedback(feedback: Feedback): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter(32);
  out.u8(kinds[feedback.kind]);
  switch (feedback.kind) {
    case "fonts": {
      const wanted = feedback.wanted.slice(0, MOST_WANTED);
      out.varint(wanted.length);
      for (const font of wanted) writeWantedFont(out, font);
      break;
    }
    case "assets": {
      const wanted = feedback.wanted.slice(0, MOST_WANTED);
      out.varint(wanted.length);
      for (const { id, asset } of wanted) {
        out.varint(id);
        out.u8(asset);
      }
      break;
    }
    case "check":
      out.varint(feedback.epoch);
      out.varint(feedback.seq);
      out.varint(feedback.parts.length);
      for (const { id, deep, hash } of feedback.parts) {
        out.varint(id);
        out.u8(deep ? 1 : 0);
        out.varint(hash);
      }
      break;
    case "frame":
      out.u8(feedback.number);
      out.raw(feedback.payload);
      break;
  }
  return out.take();
}

/** Throws `MalformedFrameError` on anything else. */
export function decodeFeedback(payload: Uint8Array): Feedback {
  const input = new ByteReader(payload);
  switch (input.u8()) {
    case kinds.fonts: {
      const wanted: WantedFont[] = [];
      for (let count = Math.min(input.varint(), MOST_WANTED); count > 0; count--)
        wanted.push(readWantedFont(input));
      return { kind: "fonts", wanted };
    }
    case kinds.assets: {
      const wanted: { id: number; asset: Asset }[] = [];
      for (let count = Math.min(input.varint(), MOST_WANTED); count > 0; count--)
        wanted.push({ id: input.varint(), asset: input.u8() as Asset });
      return { kind: "assets", wanted };
    }
    case kinds.check: {
      const epoch = input.varint();
      const seq = input.varint();
      const parts: CheckedPart[] = [];
      for (let count = Math.min(input.varint(), MOST_CHECKED); count > 0; count--)
        parts.push({ id: input.varint(), deep: input.u8() === 1, hash: input.varint() });
      return { kind: "check", epoch, seq, parts };
    }
    case kinds.frame:
      return { kind: "frame", number: input.u8(), payload: payload.slice(2) };
    default:
      throw new MalformedFrameError("unknown feedback");
  }
}
