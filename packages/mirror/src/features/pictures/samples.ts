import fc from "fast-check";
import { id, type Samples, sample, text } from "../../testing/samples.ts";
import { pictureReaders, writeImage, writePixels } from "./wire.ts";

export const samples: Samples = {
  readers: pictureReaders,
  operations: {
    image: sample(writeImage, fc.tuple(id, fc.nat(), fc.nat(), text, fc.uint8Array())),
    pixels: sample(
      writePixels,
      fc.tuple(
        id,
        fc.record({
          width: fc.nat(),
          height: fc.nat(),
          left: fc.nat(),
          top: fc.nat(),
          partWidth: fc.nat(),
          partHeight: fc.nat(),
          over: fc.boolean(),
          bytes: fc.uint8Array(),
        }),
      ),
    ),
  },
};
