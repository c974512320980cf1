import * as Op from "../../core/codec/operations.ts";
import type { OperationReaders } from "../../core/codec/reader.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";

export interface PointingOperations {
  cursor(x: number, y: number): void;
}

/** The customer's mouse or finger, in the viewport's CSS pixels. */
export function writeCursor(out: MirrorWriter, x: number, y: number): void {
  out.u8(Op.cursor);
  out.signed(Math.round(x));
  out.signed(Math.round(y));
}

export const pointingReaders: OperationReaders<PointingOperations> = [
  [Op.cursor, (input, to) => to.cursor(input.signed(), input.signed())],
];
