import fc from "fast-check";
import { id, type Samples, sample } from "../../testing/samples.ts";
import { focusReaders, Pseudo, writePseudo, writeSelection } from "./wire.ts";

export const samples: Samples = {
  readers: focusReaders,
  operations: {
    pseudo: sample(writePseudo, fc.tuple(fc.constantFrom(...Object.values(Pseudo)), id)),
    selection: sample(writeSelection, fc.tuple(id, fc.nat(), id, fc.nat())),
  },
};
