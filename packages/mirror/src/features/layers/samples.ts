import fc from "fast-check";
import { id, type Samples, sample } from "../../testing/samples.ts";
import { layerReaders, TopLayer, writeTopLayer } from "./wire.ts";

export const samples: Samples = {
  readers: layerReaders,
  operations: {
    topLayer: sample(writeTopLayer, fc.tuple(id, fc.constantFrom(...Object.values(TopLayer)), id)),
  },
};
