import fc from "fast-check";
import { id, type Samples, sample, text } from "../../testing/samples.ts";
import { assetReaders, writeAsset } from "./wire.ts";

export const samples: Samples = {
  readers: assetReaders,
  operations: {
    asset: sample(
      writeAsset,
      fc.tuple(id, fc.integer({ min: 1, max: 40 }), text, fc.boolean(), fc.uint8Array()),
    ),
  },
};
