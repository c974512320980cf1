import * as Op from "../../core/codec/operations.ts";
import type { OperationReaders } from "../../core/codec/reader.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";

/** How an element stands in the top layer. */
export const TopLayer = { none: 0, modal: 1, popover: 2 } as const;
export type TopLayer = (typeof TopLayer)[keyof typeof TopLayer];

export interface LayerOperations {
  topLayer(id: number, state: TopLayer, source: number): void;
}

/**
 * What enters the top layer stands over all that is there.
 * @param source the element that opened it, by which it may be placed; 0 where that is not known
 */
export function writeTopLayer(out: MirrorWriter, id: number, state: TopLayer, source: number): void {
  out.op(Op.topLayer, id);
  out.u8(state);
  out.id(source);
}

export const layerReaders: OperationReaders<LayerOperations> = [
  [Op.topLayer, (input, to) => to.topLayer(input.id(), input.u8() as TopLayer, input.id())],
];
