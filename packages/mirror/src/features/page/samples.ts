import fc from "fast-check";
import { type Samples, sample, text } from "../../testing/samples.ts";
import { pageReaders, writeEnvironment, writePage, writeReady, writeSight, writeViewport } from "./wire.ts";

export const samples: Samples = {
  readers: pageReaders,
  operations: {
    viewport: sample(writeViewport, fc.tuple(fc.nat(), fc.nat(), fc.nat())),
    sight: sample(writeSight, fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat())),
    page: sample(writePage, fc.tuple(text, text, text)),
    ready: sample(writeReady, fc.constant([])),
    environment: sample(writeEnvironment, fc.tuple(fc.integer({ min: 0, max: 4095 }), fc.nat(), fc.nat())),
  },
};
