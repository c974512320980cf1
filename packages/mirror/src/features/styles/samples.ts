import fc from "fast-check";
import { id, type Samples, sample, text } from "../../testing/samples.ts";
import {
  styleReaders,
  writeAdopt,
  writeSheetDelete,
  writeSheetGone,
  writeSheetInsert,
  writeSheetState,
  writeSheetText,
} from "./wire.ts";

export const samples: Samples = {
  readers: styleReaders,
  operations: {
    sheetText: sample(writeSheetText, fc.tuple(id, text)),
    sheetInsert: sample(writeSheetInsert, fc.tuple(id, fc.nat(), text)),
    sheetDelete: sample(writeSheetDelete, fc.tuple(id, fc.nat())),
    sheetState: sample(writeSheetState, fc.tuple(id, fc.boolean(), text)),
    adopt: sample(writeAdopt, fc.tuple(id, fc.array(id))),
    sheetGone: sample(writeSheetGone, fc.tuple(id)),
  },
};
