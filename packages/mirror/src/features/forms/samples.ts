import fc from "fast-check";
import { id, type Samples, sample, text } from "../../testing/samples.ts";
import { formReaders, writeChecked, writeControlState, writeSelected, writeValue } from "./wire.ts";

export const samples: Samples = {
  readers: formReaders,
  operations: {
    value: sample(writeValue, fc.tuple(id, text)),
    checked: sample(writeChecked, fc.tuple(id, fc.boolean(), fc.boolean())),
    selected: sample(writeSelected, fc.tuple(id, fc.array(fc.nat()))),
    controlState: sample(writeControlState, fc.tuple(id, fc.integer({ min: 0, max: 1023 }))),
  },
};
