import * as Op from "../../core/codec/operations.ts";
import type { OperationReaders } from "../../core/codec/reader.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";

export interface TimelineOperations {
  timeline(svg: number, paused: boolean, atMs: number): void;
  begun(animation: number, on: boolean, atMs: number): void;
}

/** In place of a time: one that is short would be over when it comes to the viewers. */
export const NOW = -1;

/** Where the time of a picture's animations stands, and whether it goes on. */
export function writeTimeline(out: MirrorWriter, svg: number, paused: boolean, atMs: number): void {
  out.op(Op.timeline, svg);
  out.u8(paused ? 1 : 0);
  out.varint(Math.max(0, Math.round(atMs)));
}

/**
 * An animation that waits for scripts began, or ended.
 * @param atMs on the time of its picture, or `NOW`
 */
export function writeBegun(out: MirrorWriter, animation: number, on: boolean, atMs: number): void {
  out.op(Op.begun, animation);
  out.u8(on ? 1 : 0);
  out.signed(Math.round(atMs));
}

export const timelineReaders: OperationReaders<TimelineOperations> = [
  [Op.timeline, (input, to) => to.timeline(input.id(), input.flag(), input.varint())],
  [Op.begun, (input, to) => to.begun(input.id(), input.flag(), input.signed())],
];
