import { ByteReader, decodeFrame } from "@copane/protocol";
import * as FrameType from "@copane/protocol/frame-type";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Asset, decodeWantedAssets, encodeWantedAssets } from "../../features/assets/wire.ts";
import { decodeCheck, encodeCheck } from "../../features/drift/wire.ts";
import { decodeWantedFonts, encodeWantedFonts } from "../../features/fonts/wire.ts";
import { encodeInnerFeedback } from "../../subframes/wire.ts";
import { fontKey, hash, id } from "../../testing/samples.ts";
import * as Feedback from "./feedback.ts";

/** What is read of a payload of this kind. */
function readAs<T>(kind: number, payload: Uint8Array, read: (input: ByteReader) => T): T {
  const input = new ByteReader(payload);
  expect(input.u8()).toBe(kind);
  const given = read(input);
  expect(input.done).toBe(true);
  return given;
}

test("wanted fonts are read as they were written", () => {
  const wanted = fc.array(fc.record({ key: fontKey, has: fc.array(hash, { maxLength: 4 }) }), {
    maxLength: 5,
  });
  fc.assert(
    fc.property(wanted, (given) => {
      expect(readAs(Feedback.fonts, encodeWantedFonts(given), decodeWantedFonts)).toEqual(given);
    }),
  );
});

test("wanted assets are read as they were written", () => {
  const asset = fc.constantFrom<Asset>(...Object.values(Asset));
  fc.assert(
    fc.property(fc.array(fc.record({ id, asset })), (given) => {
      expect(readAs(Feedback.assets, encodeWantedAssets(given), decodeWantedAssets)).toEqual(given);
    }),
  );
});

test("checks are read as they were written", () => {
  const part = fc.record({ id, deep: fc.boolean(), hash: fc.integer({ min: 0, max: 2 ** 32 - 1 }) });
  const check = fc.record({ epoch: fc.nat(), seq: fc.nat(), parts: fc.array(part, { maxLength: 20 }) });
  fc.assert(
    fc.property(check, (given) => {
      expect(readAs(Feedback.check, encodeCheck(given), decodeCheck)).toEqual(given);
    }),
  );
});

test("feedback for a page in a subframe is the inner frame behind the number", () => {
  const number = fc.integer({ min: 1, max: 127 });
  fc.assert(
    fc.property(number, fc.nat(), fc.uint8Array(), (given, epoch, payload) => {
      const inner = { type: FrameType.feedback, page: 1, epoch, seq: 3, payload };
      const bytes = encodeInnerFeedback(given, inner);
      expect([...bytes.subarray(0, 2)]).toEqual([Feedback.subframe, given]);
      expect(decodeFrame(bytes.subarray(2))).toMatchObject(inner);
    }),
  );
});
