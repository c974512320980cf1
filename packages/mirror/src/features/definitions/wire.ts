import * as Op from "../../core/codec/operations.ts";
import type { OperationReaders } from "../../core/codec/reader.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";

export interface DefinitionOperations {
  define(tag: string): void;
  states(id: number, names: readonly string[]): void;
}

/** Elements of this name are defined (`:defined`). */
export function writeDefine(out: MirrorWriter, tag: string): void {
  out.u8(Op.define);
  out.name(tag);
}

/** Custom states of an element (`:state()`). */
export function writeStates(out: MirrorWriter, id: number, names: readonly string[]): void {
  out.op(Op.states, id);
  out.varint(names.length);
  for (const name of names) out.name(name);
}

export const definitionReaders: OperationReaders<DefinitionOperations> = [
  [Op.define, (input, to) => to.define(input.name())],
  [
    Op.states,
    (input, to) =>
      to.states(
        input.id(),
        input.list(() => input.name()),
      ),
  ],
];
