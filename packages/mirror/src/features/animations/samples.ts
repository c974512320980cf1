import fc from "fast-check";
import { cents, id, pixels, type Samples, sample, text } from "../../testing/samples.ts";
import { animationReaders, PlayState, writeAnimation } from "./wire.ts";

export const samples: Samples = {
  readers: animationReaders,
  operations: {
    animation: sample(
      writeAnimation,
      fc.tuple(id, fc.nat(), fc.constantFrom(...Object.values(PlayState)), pixels, cents, text),
    ),
  },
};
