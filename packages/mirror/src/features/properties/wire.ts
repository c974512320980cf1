import * as Op from "../../core/codec/operations.ts";
import type { OperationReaders } from "../../core/codec/reader.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";

export interface PropertyOperations {
  registerProperty(document: number, definition: string): void;
}

/** @param definition JSON of what a script gave to `CSS.registerProperty` */
export function writeRegisterProperty(out: MirrorWriter, document: number, definition: string): void {
  out.op(Op.registerProperty, document);
  out.string(definition);
}

export const propertyReaders: OperationReaders<PropertyOperations> = [
  [Op.registerProperty, (input, to) => to.registerProperty(input.id(), input.string())],
];
