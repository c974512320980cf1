import fc from "fast-check";
import { id, type Samples, sample } from "../testing/samples.ts";
import { subframeReaders, writeSubframe } from "./wire.ts";

export const samples: Samples = {
  readers: subframeReaders,
  operations: {
    subframe: sample(
      writeSubframe,
      fc.tuple(
        id,
        fc.integer({ min: 1, max: 127 }),
        fc.record({
          flags: fc.nat(7),
          page: fc.nat(),
          epoch: fc.nat(),
          seq: fc.nat(),
          payload: fc.uint8Array(),
        }),
      ),
    ),
  },
};
