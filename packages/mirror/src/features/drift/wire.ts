import * as Op from "../../core/codec/operations.ts";
import type { OperationReaders } from "../../core/codec/reader.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";

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
