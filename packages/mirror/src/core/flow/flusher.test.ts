import { expect, test } from "vitest";
import { MirrorWriter } from "../codec/writer.ts";
import { NodeTable } from "../tree/node-table.ts";
import { Budget } from "./budget.ts";
import { Flusher } from "./flusher.ts";

const KB = 1024;

interface Written {
  writer: MirrorWriter;
  budget: Budget;
  flusher: Flusher;
  /** Lets so many milliseconds pass. */
  pass(ms: number): void;
}

/** The frames that come of writing until `write` says that the picture is complete. */
async function framesOf(write: (written: Written) => boolean): Promise<Uint8Array[]> {
  let now = 0;
  const frames: Uint8Array[] = [];
  const writer = new MirrorWriter();
  const budget = new Budget(writer, () => now);
  let finish: () => void = () => {};
  const complete = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const pass = (ms: number) => {
    now += ms;
  };
  const flusher: Flusher = new Flusher({
    nodes: new NodeTable(),
    writer,
    budget,
    intervalMs: undefined,
    compress: false,
    now: () => now,
    send: ({ payload, epoch, seq }) => {
      frames.push(payload);
      flusher.sender.ack(1, epoch, seq);
    },
    onError: (error) => {
      throw error;
    },
    begin: () => true,
    write: () => write({ writer, budget, flusher, pass }),
    complete: () => finish(),
  });
  flusher.start();
  flusher.beginEpoch();
  await complete;
  flusher.stop();
  return frames;
}

/** Lengths of the frames of a snapshot of so many bytes, of which a slice has time for `sliceBytes`. */
async function lengthsOf(bytes: number, sliceBytes: number): Promise<number[]> {
  let left = bytes;
  const frames = await framesOf(({ writer, budget, pass }) => {
    while (left > 0 && !budget.late && !budget.full) {
      writer.u8(1);
      left--;
      pass(8 / sliceBytes);
    }
    return left === 0;
  });
  return frames.map(({ length }) => length);
}

test("a snapshot that takes several slices is one frame", async () => {
  expect(await lengthsOf(10 * KB, KB)).toEqual([10 * KB]);
});

test("of a large one the first frame comes soon, the later ones are large", async () => {
  expect(await lengthsOf(400 * KB, 10 * KB)).toEqual([64 * KB, 256 * KB, 80 * KB]);
});

test("what an epoch began is in no frame of the next", async () => {
  let writes = 0;
  const frames = await framesOf(({ writer, flusher, pass }) => {
    writer.u8(++writes);
    pass(8);
    // In the middle of the first picture another one begins, as when the site's policy changes.
    if (writes === 1) queueMicrotask(() => flusher.beginEpoch());
    return writes === 2;
  });
  expect(frames.map((frame) => [...frame])).toEqual([[2]]);
});
