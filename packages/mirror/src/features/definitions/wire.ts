import * as Op from "../../core/codec/operations.ts";
import type { OperationReaders } from "../../core/codec/reader.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";

export interface DefinitionOperations {
  define(tag: string, formControl: boolean): void;
  states(id: number, invalid: boolean, names: readonly string[]): void;
}

/** Elements of this name are defined (`:defined`), as controls of forms or not. */
export function writeDefine(out: MirrorWriter, tag: string, formControl: boolean): void {
  out.u8(Op.define);
  out.name(tag);
  out.u8(formControl ? 1 : 0);
}

/** Custom states of an element (`:state()`), and whether it says that what it holds is wrong (`:invalid`). */
export function writeStates(out: MirrorWriter, id: number, invalid: boolean, names: readonly string[]): void {
  out.op(Op.states, id);
  out.u8(invalid ? 1 : 0);
  out.varint(names.length);
  for (const name of names) out.name(name);
}

export const definitionReaders: OperationReaders<DefinitionOperations> = [
  [Op.define, (input, to) => to.define(input.name(), input.flag())],
  [
    Op.states,
    (input, to) =>
      to.states(
        input.id(),
        input.flag(),
        input.list(() => input.name()),
      ),
  ],
];
