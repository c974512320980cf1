import { FrameFlag } from "@copane/protocol";
import { expect, test, vi } from "vitest";
import { type CapturedFrame, Sender } from "./sender.ts";

function sender() {
  const seen = { room: 0 };
  const made = new Sender({
    send: () => {},
    onRoom: () => {
      seen.room++;
    },
    onError: (error) => {
      throw error;
    },
    now: () => 0,
    compress: true,
  });
  made.beginEpoch();
  return { made, seen };
}

/** More than may be under way, in one frame. */
const big = () => new Uint8Array(600 * 1024);

test("writing stops while the slowest viewer is behind, and goes on when it has caught up", () => {
  const { made, seen } = sender();
  made.push(new Uint8Array(1));
  for (const viewer of [1, 2]) made.ack(viewer, made.epoch, 0);
  made.push(big());
  expect(made.blocked).toBe(true);
  made.ack(1, made.epoch, 1);
  expect(made.blocked).toBe(true);
  made.ack(2, made.epoch, 1);
  expect(made.blocked).toBe(false);
  expect(seen.room).toBe(1);
});

test("a viewer who left is not waited for", () => {
  const { made, seen } = sender();
  made.push(new Uint8Array(1));
  for (const viewer of [1, 2]) made.ack(viewer, made.epoch, 0);
  made.push(big());
  made.ack(1, made.epoch, 1);
  expect(made.blocked).toBe(true);
  made.viewerLeft(2);
  expect(made.blocked).toBe(false);
  expect(seen.room).toBe(1);
});

test("what the browser cannot deflate goes as it is", async () => {
  const sent: CapturedFrame[] = [];
  const payload = new Uint8Array(40_000);
  const failing = class {
    constructor() {
      throw new Error("the page's own");
    }
  };
  vi.stubGlobal("CompressionStream", failing);
  const errors: unknown[] = [];
  const made = new Sender({
    send: (frame) => sent.push(frame),
    onRoom: () => {},
    onError: (error) => errors.push(error),
    now: () => 0,
    compress: true,
  });
  made.beginEpoch();
  made.push(payload);
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  vi.unstubAllGlobals();
  expect(sent[0]?.payload).toBe(payload);
  expect(sent[0]?.flags).toBe(FrameFlag.keyframe);
  expect(errors).toEqual([]);
});
