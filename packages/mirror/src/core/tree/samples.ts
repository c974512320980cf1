import fc from "fast-check";
import { id, type Samples, sample, text } from "../../testing/samples.ts";
import {
  startPlace,
  treeReaders,
  writeEnd,
  writeRemove,
  writeRemoveAttribute,
  writeSetAttribute,
  writeText,
} from "./wire.ts";

export const samples: Samples = {
  readers: treeReaders,
  operations: {
    place: sample(
      (out, parent: number, before: number) => {
        startPlace(out, parent, before);
        writeEnd(out);
      },
      fc.tuple(id, id),
    ),
    remove: sample(writeRemove, fc.tuple(id)),
    setAttribute: sample(writeSetAttribute, fc.tuple(id, text, text)),
    removeAttribute: sample(writeRemoveAttribute, fc.tuple(id, text)),
    text: sample(writeText, fc.tuple(id, text)),
  },
};
