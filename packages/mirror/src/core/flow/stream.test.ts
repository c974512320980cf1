import { FrameFlag, FrameType, type MirrorFrame } from "@copane/protocol";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Bounds } from "../bounds.ts";
import * as Op from "../codec/operations.ts";
import { MirrorWriter } from "../codec/writer.ts";
import type { FeedbackFrame } from "./feedback.ts";
import { MirrorStream } from "./stream.ts";

const writer = new MirrorWriter();

/** A frame with one operation. */
function frame(page: number, epoch: number, seq: number): MirrorFrame {
  writer.beginFrame();
  writer.u8(Op.ready);
  return { page, epoch, seq, flags: seq === 0 ? FrameFlag.keyframe : 0, payload: writer.endFrame() };
}

function stream() {
  const begun: [page: number, epoch: number][] = [];
  const sent: Omit<FeedbackFrame, "payload">[] = [];
  let applied = 0;
  const made = new MirrorStream({
    beginEpoch: ({ page, epoch }) => {
      begun.push([page, epoch]);
      return { handlers: [[Op.ready, () => applied++]], bounds: new Bounds(), beginFrame: () => {} };
    },
    ended: () => {},
    applied: () => {},
    send: ({ payload: _, ...header }) => sent.push(header),
    onError: (error) => {
      throw error;
    },
  });
  return { made, begun, sent, applied: () => applied };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("frames are acknowledged by the header of the last one applied", () => {
  const { made, sent } = stream();
  for (const seq of [0, 1, 2]) made.receive(frame(3, 1, seq));
  vi.advanceTimersByTime(1_000);
  expect(sent).toEqual([{ type: FrameType.ack, page: 3, epoch: 1, seq: 2 }]);
});

test("a gap ends the picture, and a fresh epoch is asked for from where it stood", () => {
  const { made, sent, applied } = stream();
  made.receive(frame(3, 1, 0));
  made.receive(frame(3, 1, 2));
  made.receive(frame(3, 1, 3));
  expect(made.lost).toBe(true);
  expect(applied()).toBe(1);
  vi.advanceTimersByTime(2_000);
  expect(sent).toContainEqual({ type: FrameType.resync, page: 3, epoch: 1, seq: 0 });
  made.receive(frame(3, 2, 0));
  expect(made.lost).toBe(false);
});

test("frames of an earlier page that come late change nothing, though their numbers fit", () => {
  const { made, begun, applied } = stream();
  made.receive(frame(1, 1, 0));
  made.receive(frame(2, 1, 0));
  made.receive(frame(1, 1, 1));
  made.receive(frame(1, 1, 0));
  expect(applied()).toBe(2);
  made.receive(frame(2, 1, 1));
  expect([begun, applied()]).toEqual([
    [
      [1, 1],
      [2, 1],
    ],
    3,
  ]);
});

test("an earlier page may come back with a newer epoch", () => {
  const { made, begun } = stream();
  made.receive(frame(1, 1, 0));
  made.receive(frame(2, 1, 0));
  made.receive(frame(1, 2, 0));
  made.receive(frame(2, 1, 1));
  expect(begun).toEqual([
    [1, 1],
    [2, 1],
    [1, 2],
  ]);
  expect(made.applied).toEqual({ page: 1, epoch: 2, seq: 0 });
});
