import * as Op from "../../core/codec/operations.ts";
import type { OperationReaders } from "../../core/codec/reader.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";

/** A sheet is named by the id of the element that it is of; a constructed one has an id of its own. */
export interface StyleOperations {
  sheetText(id: number, text: string): void;
  sheetInsert(id: number, index: number, rule: string): void;
  sheetDelete(id: number, index: number): void;
  sheetState(id: number, disabled: boolean, media: string): void;
  adopt(root: number, sheets: readonly number[]): void;
  sheetGone(id: number): void;
}

/** @param text all rules: replaces those that are there */
export function writeSheetText(out: MirrorWriter, id: number, text: string): void {
  out.op(Op.sheetText, id);
  out.string(text);
}

export function writeSheetInsert(out: MirrorWriter, id: number, index: number, rule: string): void {
  out.op(Op.sheetInsert, id);
  out.varint(index);
  out.string(rule);
}

export function writeSheetDelete(out: MirrorWriter, id: number, index: number): void {
  out.op(Op.sheetDelete, id);
  out.varint(index);
}

export function writeSheetState(out: MirrorWriter, id: number, disabled: boolean, media: string): void {
  out.op(Op.sheetState, id);
  out.u8(disabled ? 1 : 0);
  out.string(media);
}

/** `adoptedStyleSheets` of a document or shadow root. */
export function writeAdopt(out: MirrorWriter, root: number, sheets: readonly number[]): void {
  out.op(Op.adopt, root);
  out.varint(sheets.length);
  for (const sheet of sheets) out.id(sheet);
}

/** No place adopts a constructed sheet any more. If one does again, its text comes first. */
export function writeSheetGone(out: MirrorWriter, id: number): void {
  out.op(Op.sheetGone, id);
}

export const styleReaders: OperationReaders<StyleOperations> = [
  [Op.sheetText, (input, to) => to.sheetText(input.id(), input.string())],
  [Op.sheetInsert, (input, to) => to.sheetInsert(input.id(), input.varint(), input.string())],
  [Op.sheetDelete, (input, to) => to.sheetDelete(input.id(), input.varint())],
  [Op.sheetState, (input, to) => to.sheetState(input.id(), input.flag(), input.string())],
  [
    Op.adopt,
    (input, to) =>
      to.adopt(
        input.id(),
        input.list(() => input.id()),
      ),
  ],
  [Op.sheetGone, (input, to) => to.sheetGone(input.id())],
];
