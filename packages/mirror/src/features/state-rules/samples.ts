import fc from "fast-check";
import { id, type Samples, sample, text } from "../../testing/samples.ts";
import { stateRuleReaders, writeStateRules } from "./wire.ts";

export const samples: Samples = {
  readers: stateRuleReaders,
  operations: {
    stateRules: sample(writeStateRules, fc.tuple(id, text)),
  },
};
