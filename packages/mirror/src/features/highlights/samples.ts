import fc from "fast-check";
import { id, pixels, type Samples, sample, text } from "../../testing/samples.ts";
import { type HighlightRange, highlightReaders, writeHighlight } from "./wire.ts";

const range: fc.Arbitrary<HighlightRange> = fc.tuple(id, fc.nat(), id, fc.nat());

export const samples: Samples = {
  readers: highlightReaders,
  operations: {
    highlight: sample(writeHighlight, fc.tuple(id, text, pixels, text, fc.array(range))),
  },
};
