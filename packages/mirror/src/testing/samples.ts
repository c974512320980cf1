import fc from "fast-check";
import type * as Op from "../core/codec/operations.ts";
import type { OperationReaders } from "../core/codec/reader.ts";
import type { MirrorWriter } from "../core/codec/writer.ts";

export type OperationName = keyof typeof Op;

/** How one operation is written, and what it may say. */
export interface Sample {
  write(out: MirrorWriter, args: unknown[]): void;
  args: fc.Arbitrary<unknown[]>;
}

/** The operations of one feature: each `wire.ts` has a `samples.ts` beside it. */
export interface Samples {
  readers: OperationReaders<never>;
  operations: Partial<Record<OperationName, Sample>>;
}

export function sample<A extends unknown[]>(
  write: (out: MirrorWriter, ...args: A) => void,
  args: fc.Arbitrary<A>,
): Sample {
  return { write: (out, given) => write(out, ...(given as A)), args };
}

export const id = fc.integer({ min: 1, max: 1_000_000 });
export const pixels = fc.integer({ min: -100_000, max: 100_000 });
export const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constant("\uFEFFmarked"),
  fc.constant("x".repeat(41)),
);
/** In hundredths. */
export const cents = fc.integer({ min: -1_000, max: 1_000 }).map((n) => (n === 0 ? 0 : n / 100));
export const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
export const fontKey = fc.record({
  family: text,
  style: text,
  weight: text,
  stretch: text,
  unicodeRange: text,
});
