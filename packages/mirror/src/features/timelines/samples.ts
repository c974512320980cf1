import fc from "fast-check";
import { id, type Samples, sample } from "../../testing/samples.ts";
import { timelineReaders, writeBegun, writeTimeline } from "./wire.ts";

export const samples: Samples = {
  readers: timelineReaders,
  operations: {
    timeline: sample(writeTimeline, fc.tuple(id, fc.boolean(), fc.nat())),
    begun: sample(writeBegun, fc.tuple(id, fc.boolean(), fc.integer({ min: -1_000_000, max: 1_000_000 }))),
  },
};
