import * as Op from "../../core/codec/operations.ts";
import type { OperationReaders } from "../../core/codec/reader.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";

/** State of a form control that no attribute tells. */
export const ControlState = {
  customError: 1,
  userInvalid: 2,
  userValid: 4,
  autofill: 8,
  /** What follows is told where a masked value says something else. */
  told: 16,
  valid: 32,
  invalid: 64,
  placeholderShown: 128,
  inRange: 256,
  outOfRange: 512,
  /** A list that shows its options. */
  open: 1024,
} as const;

const CHECKED = 1;
const INDETERMINATE = 2;

export interface FormOperations {
  value(id: number, value: string): void;
  checked(id: number, checked: boolean, indeterminate: boolean): void;
  selected(id: number, indices: readonly number[]): void;
  controlState(id: number, bits: number): void;
}

/** The current value, not the attribute. */
export function writeValue(out: MirrorWriter, id: number, value: string): void {
  out.op(Op.value, id);
  out.string(value);
}

export function writeChecked(out: MirrorWriter, id: number, checked: boolean, indeterminate: boolean): void {
  out.op(Op.checked, id);
  out.u8((checked ? CHECKED : 0) | (indeterminate ? INDETERMINATE : 0));
}

/** @param indices of the selected options of a `select` */
export function writeSelected(out: MirrorWriter, id: number, indices: readonly number[]): void {
  out.op(Op.selected, id);
  out.varint(indices.length);
  for (const index of indices) out.varint(index);
}

/** @param bits by `ControlState` */
export function writeControlState(out: MirrorWriter, id: number, bits: number): void {
  out.op(Op.controlState, id);
  out.varint(bits);
}

export const formReaders: OperationReaders<FormOperations> = [
  [Op.value, (input, to) => to.value(input.id(), input.string())],
  [
    Op.checked,
    (input, to) => {
      const id = input.id();
      const bits = input.u8();
      to.checked(id, (bits & CHECKED) !== 0, (bits & INDETERMINATE) !== 0);
    },
  ],
  [
    Op.selected,
    (input, to) =>
      to.selected(
        input.id(),
        input.list(() => input.varint()),
      ),
  ],
  [Op.controlState, (input, to) => to.controlState(input.id(), input.varint())],
];
