import * as Op from "../../core/codec/operations.ts";
import type { OperationReaders } from "../../core/codec/reader.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";

/** How an element stands in the top layer. */
export const TopLayer = { none: 0, modal: 1, popover: 2 } as const;
export type TopLayer = (typeof TopLayer)[keyof typeof TopLayer];

export interface LayerOperations {
  topLayer(id: number, state: TopLayer): void;
}

export function writeTopLayer(out: MirrorWriter, id: number, state: TopLayer): void {
  out.op(Op.topLayer, id);
  out.u8(state);
}

export const layerReaders: OperationReaders<LayerOperations> = [
  [Op.topLayer, (input, to) => to.topLayer(input.id(), input.u8() as TopLayer)],
];
