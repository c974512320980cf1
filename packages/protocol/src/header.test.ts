import fc from "fast-check";
import { expect, test } from "vitest";
import {
  decodeFrame,
  encodeFrame,
  type FrameHeader,
  HIGHEST_NUMBER,
  MOST_HEADER_BYTES,
  setPeer,
} from "./header.ts";

const byte = fc.integer({ min: 0, max: 255 });
const number = fc.oneof(
  fc.integer({ min: 0, max: HIGHEST_NUMBER }),
  fc.constantFrom(0, 0x7f, 0x80, 0x3fff, 0x4000, HIGHEST_NUMBER),
);
const header: fc.Arbitrary<FrameHeader> = fc.record({
  type: byte,
  peer: byte,
  flags: byte,
  page: number,
  epoch: number,
  seq: number,
});

test("a frame is read as it was written, and its payload is not copied", () => {
  fc.assert(
    fc.property(header, fc.uint8Array({ maxLength: 40 }), (given, payload) => {
      const bytes = encodeFrame(given, payload);
      const frame = decodeFrame(bytes);
      expect(frame).toEqual({ ...given, payload });
      expect(frame?.payload.buffer).toBe(bytes.buffer);
      expect(bytes.length - payload.length).toBeLessThanOrEqual(MOST_HEADER_BYTES);
    }),
  );
});

test("bytes are no frame, or exactly the frame that they are read as", () => {
  const prefix = fc.array(fc.constantFrom(0, 1, 0x7f, 0x80, 0x8f, 0xff), { maxLength: 20 });
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc
      .tuple(prefix, fc.uint8Array({ maxLength: 4 }))
      .map((parts) => Uint8Array.from(parts.flatMap((part) => [...part]))),
  );
  fc.assert(
    fc.property(bytes, (given) => {
      const frame = decodeFrame(given);
      if (frame) expect(encodeFrame(frame, frame.payload)).toEqual(given);
    }),
    { numRuns: 5_000 },
  );
});

test("a header that ends early is no frame", () => {
  fc.assert(
    fc.property(header, fc.nat(), (given, cut) => {
      const bytes = encodeFrame(given);
      expect(decodeFrame(bytes.subarray(0, cut % bytes.length))).toBeUndefined();
    }),
  );
});

test.each([
  ["2^32", [0x80, 0x80, 0x80, 0x80, 0x10]],
  ["six bytes", [0x80, 0x80, 0x80, 0x80, 0x80, 0x01]],
  ["a longer form of 0", [0x80, 0x00]],
  ["a longer form of 1", [0x81, 0x00]],
])("a number of the header that is %s is refused, at each place", (_what, wrong) => {
  for (const before of [[], [5], [5, 5]]) {
    const bytes = Uint8Array.from([1, 0, 0, ...before, ...wrong, 7, 7, 7]);
    expect(decodeFrame(bytes)).toBeUndefined();
  }
});

test("the highest number is read", () => {
  const bytes = Uint8Array.from([1, 0, 0, 0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0]);
  expect(decodeFrame(bytes)).toMatchObject({ page: HIGHEST_NUMBER, epoch: 0, seq: 0 });
});

test("a relay changes the peer of a frame and nothing else", () => {
  fc.assert(
    fc.property(header, byte, fc.uint8Array({ maxLength: 40 }), (given, sender, payload) => {
      const bytes = encodeFrame(given, payload);
      setPeer(bytes, sender);
      expect(decodeFrame(bytes)).toEqual({ ...given, peer: sender, payload });
    }),
  );
});
