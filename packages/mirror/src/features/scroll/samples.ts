import fc from "fast-check";
import { id, pixels, type Samples, sample } from "../../testing/samples.ts";
import { scrollReaders, writeScroll } from "./wire.ts";

export const samples: Samples = {
  readers: scrollReaders,
  operations: {
    scroll: sample(writeScroll, fc.tuple(id, pixels, pixels)),
  },
};
