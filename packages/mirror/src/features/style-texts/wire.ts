import * as Op from "../../core/codec/operations.ts";
import type { OperationReaders } from "../../core/codec/reader.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";

/** Texts of styles from this length on are told by their hash first. */
export const STYLE_TEXT_LENGTH = 4_096;

export interface StyleTextOperations {
  knownText(id: number, hash: string): void;
}

/**
 * The text of a text node or of a constructed sheet, or the state rules of a sheet, is the one with this hash: a viewer
 * that does not have it asks.
 * @param hash SHA-256 in 64 hexadecimal digits; empty when it follows in a moment
 */
export function writeKnownText(out: MirrorWriter, id: number, hash: string): void {
  out.op(Op.knownText, id);
  out.string(hash);
}

export const styleTextReaders: OperationReaders<StyleTextOperations> = [
  [Op.knownText, (input, to) => to.knownText(input.id(), input.string())],
];
