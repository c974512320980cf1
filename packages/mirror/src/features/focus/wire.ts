import * as Op from "../../core/codec/operations.ts";
import type { OperationReaders } from "../../core/codec/reader.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";

/** States of elements of which stylesheets know by pseudo-classes. */
export const Pseudo = {
  hover: 1,
  focus: 2,
  active: 3,
  focusVisible: 4,
  target: 5,
  fullscreen: 6,
  /** The outermost host that has the focus by what is in it. */
  focusHost: 7,
} as const;
export type Pseudo = (typeof Pseudo)[keyof typeof Pseudo];

export interface FocusOperations {
  pseudo(kind: Pseudo, id: number): void;
  selection(anchor: number, anchorOffset: number, focus: number, focusOffset: number): void;
}

/** @param id the innermost element in that state, 0 when none is */
export function writePseudo(out: MirrorWriter, kind: Pseudo, id: number): void {
  out.u8(Op.pseudo);
  out.u8(kind);
  out.id(id);
}

/** All are 0 when nothing is selected. */
export function writeSelection(
  out: MirrorWriter,
  anchor: number,
  anchorOffset: number,
  focus: number,
  focusOffset: number,
): void {
  out.op(Op.selection, anchor);
  out.varint(anchorOffset);
  out.id(focus);
  out.varint(focusOffset);
}

export const focusReaders: OperationReaders<FocusOperations> = [
  [Op.pseudo, (input, to) => to.pseudo(input.u8() as Pseudo, input.id())],
  [Op.selection, (input, to) => to.selection(input.id(), input.varint(), input.id(), input.varint())],
];
