import { constants, inflateRawSync } from "node:zlib";
import { FrameFlag } from "@copane/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Deflater } from "./deflater.ts";
import { WINDOW_BYTES } from "./format.ts";
import { codeLengths } from "./huffman.ts";
import { Inflater } from "./inflater.ts";
import { Unpacker } from "./unpacker.ts";

const FLUSH = Uint8Array.of(0, 0, 0xff, 0xff);

/** Bytes of every kind: noise, few different ones, repetitions near and far, and as many as a piece may have. */
const piece = fc.oneof(
  { weight: 6, arbitrary: fc.uint8Array({ maxLength: 400 }) },
  { weight: 6, arbitrary: fc.array(fc.constantFrom(..."<div class='row'>"), { maxLength: 600 }).map(textOf) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.integer({ min: 1, max: WINDOW_BYTES }))
      .map(([part, length]) => Uint8Array.from({ length }, (_, at) => part[at % part.length] as number)),
  },
  {
    weight: 1,
    // Counts that grow as Fibonacci's numbers do ask for codes that are longer than there may be.
    arbitrary: fc.constant(
      Uint8Array.from(Array.from({ length: 20 }, (_, at) => Array<number>(fibonacci(at)).fill(at)).flat()),
    ),
  },
);

function textOf(letters: string[]): Uint8Array {
  return new TextEncoder().encode(letters.join(""));
}

function fibonacci(at: number): number {
  return at < 2 ? 1 : fibonacci(at - 1) + fibonacci(at - 2);
}

function joined(parts: readonly Uint8Array[]): Buffer {
  return Buffer.concat(parts);
}

describe("a stream of pieces", () => {
  test("is raw deflate by zlib's reading, and each piece is whole by ours", () => {
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), (pieces) => {
        const deflater = new Deflater();
        const inflater = new Inflater();
        const deflated = pieces.map((one) => deflater.deflate(one));
        for (const [at, one] of deflated.entries())
          expect(Buffer.compare(inflater.inflate(one), pieces[at] as Uint8Array)).toBe(0);
        const stream = joined(deflated.flatMap((one) => [one, FLUSH]));
        const read = inflateRawSync(stream, { finishFlush: constants.Z_SYNC_FLUSH });
        expect(read.equals(joined(pieces))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test("points back into earlier pieces, and into what came another way", () => {
    const text = textOf([..."a sentence that nobody has said before, with 1234 and 5678"]);
    const deflater = new Deflater();
    const first = deflater.deflate(text).length;
    expect(deflater.deflate(text).length).toBeLessThan(first / 4);
    const primed = new Deflater();
    primed.prime(joined([new Uint8Array(3 * WINDOW_BYTES), text]));
    expect(primed.deflate(text).length).toBeLessThan(first / 4);
  });

  test("noise grows by a few bytes only", () => {
    const noise = Uint8Array.from({ length: 5_000 }, (_, at) => Math.imul(at + 1, 2_654_435_761) >>> 13);
    expect(new Deflater().deflate(noise).length).toBeLessThan(noise.length + 8);
  });
});

describe("what is no piece is refused, and nothing else happens", () => {
  test("any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          expect(new Inflater().inflate(bytes).length).toBeLessThanOrEqual(WINDOW_BYTES);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  test("a bomb ends at the bound", () => {
    const deflater = new Deflater();
    const [one, two] = [deflater.deflate(new Uint8Array(WINDOW_BYTES)), deflater.deflate(new Uint8Array(1))];
    // Without the flush's last bytes between them two pieces are none; with these they are one of more than 32 KB.
    expect(() => new Inflater().inflate(joined([one, FLUSH, two]))).toThrow(RangeError);
  });

  test("a piece that points before the start", () => {
    const deflater = new Deflater();
    const text = textOf([..."the same words again and again"]);
    deflater.deflate(text);
    const second = deflater.deflate(text);
    expect(() => new Inflater().inflate(second)).toThrow(RangeError);
  });
});

test("codes are complete and none is too long, whatever the counts", () => {
  const counts = fc.array(fc.oneof(fc.constant(0), fc.nat(10), fc.nat(1_000_000)), {
    minLength: 2,
    maxLength: 286,
  });
  fc.assert(
    fc.property(counts, fc.constantFrom(9, 15), (list, limit) => {
      const lengths = codeLengths(Uint32Array.from(list), limit);
      expect([...lengths].map((length) => length > 0)).toEqual(list.map((count) => count > 0));
      const taken = [...lengths].filter(Boolean).reduce((sum, length) => sum + 2 ** -length, 0);
      if (list.filter(Boolean).length > 1) expect(taken).toBe(1);
    }),
    { numRuns: 500 },
  );
});

test("payloads of every kind come out in their order as they were", () => {
  const deflater = new Deflater();
  const unpacker = new Unpacker();
  const [large, small] = [new Uint8Array(40_000).fill(7), textOf([..."small"])];
  expect(unpacker.unpack(FrameFlag.keyframe | FrameFlag.compressed, large)).toBe(large);
  deflater.prime(large);
  expect(unpacker.unpack(0, small)).toBe(small);
  const kept = unpacker.unpack(FrameFlag.chained, deflater.deflate(small));
  unpacker.unpack(FrameFlag.chained, deflater.deflate(large.subarray(0, 30_000)));
  expect(kept).toEqual(small);
});
