import type { ByteReader } from "@copane/protocol";
import * as Op from "../../core/codec/operations.ts";
import type { OperationReaders } from "../../core/codec/reader.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";
import * as Feedback from "../../core/flow/feedback.ts";
import { encodeFeedback } from "../../core/flow/feedback.ts";

/** What a viewer has of a subtree, as a hash; `deep` is false for a node and its children alone. */
export interface CheckedPart {
  id: number;
  deep: boolean;
  hash: number;
}

/** What a viewer has of some subtrees after frame `seq`. */
export interface Check {
  epoch: number;
  seq: number;
  parts: CheckedPart[];
}

/** Subtrees of one check; more are not read. */
export const MOST_CHECKED = 200;

/** Feedback: what the viewer has, to be compared. */
export function encodeCheck({ epoch, seq, parts }: Check): Uint8Array<ArrayBuffer> {
  return encodeFeedback(Feedback.check, (out) => {
    out.varint(epoch);
    out.varint(seq);
    out.varint(parts.length);
    for (const { id, deep, hash } of parts) {
      out.varint(id);
      out.u8(deep ? 1 : 0);
      out.varint(hash);
    }
  });
}

/** What follows the kind in such feedback. */
export function decodeCheck(input: ByteReader): Check {
  const epoch = input.varint();
  const seq = input.varint();
  const parts: CheckedPart[] = [];
  for (let left = Math.min(input.varint(), MOST_CHECKED); left > 0; left--)
    parts.push({ id: input.varint(), deep: input.u8() === 1, hash: input.varint() });
  return { epoch, seq, parts };
}

export interface DriftOperations {
  fidelity(compared: number, repaired: number): void;
  compare(id: number): void;
}

/** Subtrees compared and repaired so far. */
export function writeFidelity(out: MirrorWriter, compared: number, repaired: number): void {
  out.u8(Op.fidelity);
  out.varint(compared);
  out.varint(repaired);
}

/** This subtree has drifted: the viewer is to compare its parts at once. */
export function writeCompare(out: MirrorWriter, id: number): void {
  out.op(Op.compare, id);
}

export const driftReaders: OperationReaders<DriftOperations> = [
  [Op.fidelity, (input, to) => to.fidelity(input.varint(), input.varint())],
  [Op.compare, (input, to) => to.compare(input.id())],
];
