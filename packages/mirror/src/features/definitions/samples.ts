import fc from "fast-check";
import { id, type Samples, sample, text } from "../../testing/samples.ts";
import { definitionReaders, writeDefine, writeStates } from "./wire.ts";

export const samples: Samples = {
  readers: definitionReaders,
  operations: {
    define: sample(writeDefine, fc.tuple(text, fc.boolean())),
    states: sample(writeStates, fc.tuple(id, fc.boolean(), fc.array(text))),
  },
};
