import * as Op from "../../core/codec/operations.ts";
import type { OperationReaders } from "../../core/codec/reader.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";

/** How a video or sound stands. */
export interface MediaState {
  paused: boolean;
  muted: boolean;
  loop: boolean;
  positionMs: number;
  rate: number;
  /** 0 to 1. */
  volume: number;
}

const PAUSED = 1;
const MUTED = 2;
const LOOP = 4;

export interface MediaOperations {
  media(id: number, state: MediaState): void;
}

/** Rate and volume cross in hundredths. */
export function writeMedia(out: MirrorWriter, id: number, state: MediaState): void {
  out.op(Op.media, id);
  out.u8((state.paused ? PAUSED : 0) | (state.muted ? MUTED : 0) | (state.loop ? LOOP : 0));
  out.varint(Math.round(state.positionMs));
  out.signed(Math.round(state.rate * 100));
  out.varint(Math.round(state.volume * 100));
}

export const mediaReaders: OperationReaders<MediaOperations> = [
  [
    Op.media,
    (input, to) => {
      const id = input.id();
      const bits = input.u8();
      to.media(id, {
        paused: (bits & PAUSED) !== 0,
        muted: (bits & MUTED) !== 0,
        loop: (bits & LOOP) !== 0,
        positionMs: input.varint(),
        rate: input.signed() / 100,
        volume: Math.min(input.varint() / 100, 1),
      });
    },
  ],
];
