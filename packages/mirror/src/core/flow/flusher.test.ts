import { expect, test } from "vitest";
import { MirrorWriter } from "../codec/writer.ts";
import { NodeTable } from "../tree/node-table.ts";
import { Budget } from "./budget.ts";
import { Flusher } from "./flusher.ts";

const KB = 1024;

/** Sends a snapshot of so many bytes, of which a slice has time for `sliceBytes`. Gives the lengths of its frames. */
async function framesOf(bytes: number, sliceBytes: number): Promise<number[]> {
  let now = 0;
  let left = bytes;
  const frames: number[] = [];
  const writer = new MirrorWriter();
  const budget = new Budget(writer, () => now);
  let finish: () => void = () => {};
  const complete = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const flusher = new Flusher({
    nodes: new NodeTable(),
    writer,
    budget,
    intervalMs: undefined,
    compress: false,
    now: () => now,
    send: ({ payload, epoch, seq }) => {
      frames.push(payload.length);
      flusher.sender.ack(1, epoch, seq);
    },
    onError: (error) => {
      throw error;
    },
    begin: () => true,
    write: () => {
      while (left > 0 && !budget.late && !budget.full) {
        writer.u8(1);
        left--;
        now += 8 / sliceBytes;
      }
      return left === 0;
    },
    complete: () => finish(),
  });
  flusher.start();
  flusher.beginEpoch();
  await complete;
  flusher.stop();
  return frames;
}

test("a snapshot that takes several slices is one frame", async () => {
  expect(await framesOf(10 * KB, KB)).toEqual([10 * KB]);
});

test("of a large one the first frame comes soon, the later ones are large", async () => {
  expect(await framesOf(400 * KB, 10 * KB)).toEqual([64 * KB, 256 * KB, 80 * KB]);
});

test("what an epoch began is in no frame of the next", async () => {
  let now = 0;
  const frames: Uint8Array[] = [];
  const writer = new MirrorWriter();
  const budget = new Budget(writer, () => now);
  let writes = 0;
  let finish: () => void = () => {};
  const complete = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const flusher = new Flusher({
    nodes: new NodeTable(),
    writer,
    budget,
    intervalMs: undefined,
    compress: false,
    now: () => now,
    send: ({ payload }) => frames.push(payload),
    onError: (error) => {
      throw error;
    },
    begin: () => true,
    write: () => {
      writer.u8(++writes);
      now += 8;
      // In the middle of the first picture another one begins, as when the site's policy changes.
      if (writes === 1) queueMicrotask(() => flusher.beginEpoch());
      return writes === 2;
    },
    complete: () => finish(),
  });
  flusher.start();
  flusher.beginEpoch();
  await complete;
  flusher.stop();
  expect(frames.map((frame) => [...frame])).toEqual([[2]]);
});
