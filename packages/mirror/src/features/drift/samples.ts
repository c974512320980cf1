import fc from "fast-check";
import { id, type Samples, sample } from "../../testing/samples.ts";
import { driftReaders, writeCompare, writeFidelity } from "./wire.ts";

export const samples: Samples = {
  readers: driftReaders,
  operations: {
    fidelity: sample(writeFidelity, fc.tuple(fc.nat(), fc.nat())),
    compare: sample(writeCompare, fc.tuple(id)),
  },
};
