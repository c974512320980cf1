import * as Op from "../../core/codec/operations.ts";
import type { OperationReaders } from "../../core/codec/reader.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";

/** Nodes by their ids, and offsets in them. */
export type HighlightRange = readonly [start: number, startOffset: number, end: number, endOffset: number];

export interface HighlightOperations {
  highlight(
    document: number,
    name: string,
    priority: number,
    type: string,
    ranges: readonly HighlightRange[],
  ): void;
}

/**
 * A custom highlight of a document.
 * @param type of the highlight: `highlight`, `spelling-error` or `grammar-error`
 * @param ranges all that it has; none when it is gone
 */
export function writeHighlight(
  out: MirrorWriter,
  document: number,
  name: string,
  priority: number,
  type: string,
  ranges: readonly HighlightRange[],
): void {
  out.op(Op.highlight, document);
  out.string(name);
  out.signed(priority);
  out.string(type);
  out.varint(ranges.length);
  for (const [start, startOffset, end, endOffset] of ranges) {
    out.id(start);
    out.varint(startOffset);
    out.id(end);
    out.varint(endOffset);
  }
}

export const highlightReaders: OperationReaders<HighlightOperations> = [
  [
    Op.highlight,
    (input, to) =>
      to.highlight(
        input.id(),
        input.string(),
        input.signed(),
        input.string(),
        input.list((): HighlightRange => [input.id(), input.varint(), input.id(), input.varint()]),
      ),
  ],
];
