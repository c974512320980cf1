import * as Op from "../../core/codec/operations.ts";
import type { OperationReaders } from "../../core/codec/reader.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";

export interface StateRuleOperations {
  stateRules(id: number, css: string): void;
}

/**
 * Rules of a sheet that the viewer cannot read which may mean something else there, in their order and groups, in one
 * part or several.
 * @param id of the element that the sheet is of
 * @param css the next part; when it is empty, the former ones are gone
 */
export function writeStateRules(out: MirrorWriter, id: number, css: string): void {
  out.op(Op.stateRules, id);
  out.string(css);
}

export const stateRuleReaders: OperationReaders<StateRuleOperations> = [
  [Op.stateRules, (input, to) => to.stateRules(input.id(), input.string())],
];
