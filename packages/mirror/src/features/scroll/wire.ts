import * as Op from "../../core/codec/operations.ts";
import type { OperationReaders } from "../../core/codec/reader.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";

export interface ScrollOperations {
  scroll(id: number, left: number, top: number): void;
}

/** @param id of an element or, for its window, of a document. `left` and `top` are rounded to CSS pixels. */
export function writeScroll(out: MirrorWriter, id: number, left: number, top: number): void {
  out.op(Op.scroll, id);
  out.signed(Math.round(left));
  out.signed(Math.round(top));
}

export const scrollReaders: OperationReaders<ScrollOperations> = [
  [Op.scroll, (input, to) => to.scroll(input.id(), input.signed(), input.signed())],
];
