import * as Op from "../../core/codec/operations.ts";
import type { OperationReaders } from "../../core/codec/reader.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";

export const PlayState = { running: 0, paused: 1, finished: 2, idle: 3 } as const;
export type PlayState = (typeof PlayState)[keyof typeof PlayState];

/** By what an animation goes that does not go with time. */
export interface Scrolled {
  /** The element that is scrolled, or whose way through the sight it is. */
  id: number;
  axis: string;
  view: boolean;
  from: string;
  to: string;
}

export interface AnimationOperations {
  animation(id: number, number: number, play: PlayState, timeMs: number, rate: number, spec: string): void;
}

/**
 * @param number of the animation, given by capture
 * @param rate crosses in hundredths
 * @param spec JSON of keyframes and timing; empty when the viewers have it
 */
export function writeAnimation(
  out: MirrorWriter,
  id: number,
  number: number,
  play: PlayState,
  timeMs: number,
  rate: number,
  spec: string,
): void {
  out.op(Op.animation, id);
  out.varint(number);
  out.u8(play);
  out.signed(Math.round(timeMs));
  out.signed(Math.round(rate * 100));
  out.string(spec);
}

export const animationReaders: OperationReaders<AnimationOperations> = [
  [
    Op.animation,
    (input, to) =>
      to.animation(
        input.id(),
        input.varint(),
        input.u8() as PlayState,
        input.signed(),
        input.signed() / 100,
        input.string(),
      ),
  ],
];
