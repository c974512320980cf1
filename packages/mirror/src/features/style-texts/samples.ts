import fc from "fast-check";
import { hash, id, type Samples, sample } from "../../testing/samples.ts";
import { styleTextReaders, writeKnownText } from "./wire.ts";

export const samples: Samples = {
  readers: styleTextReaders,
  operations: {
    knownText: sample(writeKnownText, fc.tuple(id, fc.oneof(hash, fc.constant("")))),
  },
};
