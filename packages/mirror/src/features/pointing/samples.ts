import fc from "fast-check";
import { pixels, type Samples, sample } from "../../testing/samples.ts";
import { pointingReaders, writeCursor } from "./wire.ts";

export const samples: Samples = {
  readers: pointingReaders,
  operations: {
    cursor: sample(writeCursor, fc.tuple(pixels, pixels)),
  },
};
