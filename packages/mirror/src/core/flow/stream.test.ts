import { FrameFlag, FrameType, type MirrorFrame } from "@copane/protocol";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Bounds } from "../bounds.ts";
import * as Op from "../codec/operations.ts";
import type { OperationHandlers } from "../codec/reader.ts";
import { MirrorWriter } from "../codec/writer.ts";
import { nextTurn } from "../turn.ts";
import type { FeedbackFrame } from "./feedback.ts";
import { MirrorStream, type StreamOptions } from "./stream.ts";

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

/** A stream of one page, whose operations do what is given. */
function streamOf(
  handlers: OperationHandlers,
  bounds: Bounds,
  options: Partial<Omit<StreamOptions, "beginEpoch">> = {},
): MirrorStream {
  return new MirrorStream({
    beginEpoch: () => ({ handlers, bounds, beginFrame: () => bounds.beginFrame() }),
    ended: () => {},
    applied: () => {},
    send: () => {},
    onError: (error) => {
      throw error;
    },
    ...options,
  });
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

test("a frame that takes long is applied in turns; what comes meanwhile waits for its own", async () => {
  const bounds = new Bounds();
  const applied: number[] = [];
  const places: unknown[] = [];
  const work = () => {
    bounds.work(2_000);
    vi.advanceTimersByTime(30);
    applied.push(applied.length);
  };
  const made = streamOf([[Op.ready, work]], bounds, { applied: () => places.push(applied.length) });
  const long = frame(3, 1, 0);
  made.receive({ ...long, payload: new Uint8Array(7).fill(Op.ready) });
  expect(applied).toHaveLength(2);
  // What stands there is no whole frame: nothing is compared with it.
  expect(made.applied).toBeUndefined();
  made.receive(frame(3, 1, 1));
  await vi.waitUntil(() => places.length === 2, { timeout: 5_000 });
  expect(places).toEqual([7, 8]);
  expect(made.applied).toEqual({ page: 3, epoch: 1, seq: 1 });
});

test("nothing more of a frame is applied once its stream is destroyed", async () => {
  const bounds = new Bounds();
  let applied = 0;
  const work = () => {
    bounds.work(2_000);
    vi.advanceTimersByTime(60);
    applied++;
  };
  const made = streamOf([[Op.ready, work]], bounds);
  made.receive({ ...frame(3, 1, 0), payload: new Uint8Array(9).fill(Op.ready) });
  made.destroy();
  for (let turns = 0; turns < 20; turns++) await nextTurn();
  expect(applied).toBe(1);
});

test("what ended is asked for anew of the page that is there by then", () => {
  const sent: Omit<FeedbackFrame, "payload">[] = [];
  const bounds = new Bounds();
  const made = streamOf([[Op.ready, () => bounds.work(2_000_000)]], bounds, {
    send: ({ payload: _, ...header }) => sent.push(header),
    onError: () => {},
  });
  made.receive(frame(3, 1, 0));
  made.receive(frame(4, 1, 0));
  made.resume();
  made.requestResync();
  vi.advanceTimersByTime(2_000);
  expect(sent).toEqual([{ type: FrameType.resync, page: 4, epoch: 1, seq: 0 }]);
});

test("what comes while a frame is applied is behind all of it", async () => {
  const bounds = new Bounds();
  const order: string[] = [];
  const work = () => {
    bounds.work(2_000);
    vi.advanceTimersByTime(30);
    order.push("long");
    if (order.length === 1) made.receive({ ...frame(3, 1, 1), payload: new Uint8Array([Op.remove]) });
  };
  const made = streamOf(
    [
      [Op.ready, work],
      [Op.remove, () => order.push("short")],
    ],
    bounds,
  );
  made.receive({ ...frame(3, 1, 0), payload: new Uint8Array(4).fill(Op.ready) });
  await vi.waitUntil(() => order.length === 5, { timeout: 5_000 });
  expect(order).toEqual(["long", "long", "long", "long", "short"]);
});
