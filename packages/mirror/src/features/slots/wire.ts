import * as Op from "../../core/codec/operations.ts";
import type { OperationReaders } from "../../core/codec/reader.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";

export interface SlotOperations {
  assign(slot: number, nodes: readonly number[]): void;
}

/** What a script assigned to a slot of a shadow root whose slots are assigned so. */
export function writeAssign(out: MirrorWriter, slot: number, nodes: readonly number[]): void {
  out.op(Op.assign, slot);
  out.varint(nodes.length);
  for (const node of nodes) out.id(node);
}

export const slotReaders: OperationReaders<SlotOperations> = [
  [
    Op.assign,
    (input, to) =>
      to.assign(
        input.id(),
        input.list(() => input.id()),
      ),
  ],
];
