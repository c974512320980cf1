import fc from "fast-check";
import { fontKey, hash, type Samples, sample, text } from "../../testing/samples.ts";
import { fontReaders, writeFont, writeKnownFont, writeMadeFont } from "./wire.ts";

export const samples: Samples = {
  readers: fontReaders,
  operations: {
    font: sample(writeFont, fc.tuple(fc.array(fontKey, { maxLength: 3 }), fc.uint8Array())),
    knownFont: sample(writeKnownFont, fc.tuple(fc.array(fontKey, { maxLength: 3 }), hash)),
    madeFont: sample(writeMadeFont, fc.tuple(fontKey, text)),
  },
};
