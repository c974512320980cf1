import fc from "fast-check";
import { cents, id, type Samples, sample } from "../../testing/samples.ts";
import { mediaReaders, writeMedia } from "./wire.ts";

export const samples: Samples = {
  readers: mediaReaders,
  operations: {
    media: sample(
      writeMedia,
      fc.tuple(
        id,
        fc.record({
          paused: fc.boolean(),
          muted: fc.boolean(),
          loop: fc.boolean(),
          positionMs: fc.nat(),
          rate: cents,
          volume: fc.integer({ min: 0, max: 100 }).map((n) => n / 100),
        }),
      ),
    ),
  },
};
