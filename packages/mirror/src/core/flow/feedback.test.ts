import fc from "fast-check";
import { expect, test } from "vitest";
import { Asset } from "../../features/assets/wire.ts";
import { fontKey, hash, id } from "../../testing/samples.ts";
import { decodeFeedback, encodeFeedback, type Feedback } from "./feedback.ts";

test("feedback is read as it was written", () => {
  const asset = fc.constantFrom<Asset>(...Object.values(Asset));
  const feedback: fc.Arbitrary<Feedback> = fc.oneof(
    fc.record({
      kind: fc.constant("fonts" as const),
      wanted: fc.array(fc.record({ key: fontKey, has: fc.array(hash, { maxLength: 4 }) }), { maxLength: 5 }),
    }),
    fc.record({ kind: fc.constant("assets" as const), wanted: fc.array(fc.record({ id, asset })) }),
    fc.record({
      kind: fc.constant("check" as const),
      epoch: fc.nat(),
      seq: fc.nat(),
      parts: fc.array(fc.record({ id, deep: fc.boolean(), hash: fc.integer({ min: 0, max: 2 ** 32 - 1 }) }), {
        maxLength: 20,
      }),
    }),
    fc.record({
      kind: fc.constant("frame" as const),
      number: fc.integer({ min: 1, max: 127 }),
      payload: fc.uint8Array(),
    }),
  );
  fc.assert(
    fc.property(feedback, (given) => {
      expect(decodeFeedback(encodeFeedback(given))).toEqual(given);
    }),
  );
});
