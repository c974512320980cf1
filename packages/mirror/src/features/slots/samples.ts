import fc from "fast-check";
import { id, type Samples, sample } from "../../testing/samples.ts";
import { slotReaders, writeAssign } from "./wire.ts";

export const samples: Samples = {
  readers: slotReaders,
  operations: { assign: sample(writeAssign, fc.tuple(id, fc.array(id))) },
};
