import fc from "fast-check";
import { id, type Samples, sample, text } from "../../testing/samples.ts";
import { propertyReaders, writeRegisterProperty } from "./wire.ts";

export const samples: Samples = {
  readers: propertyReaders,
  operations: { registerProperty: sample(writeRegisterProperty, fc.tuple(id, text)) },
};
