import type { ByteReader, ByteWriter } from "../binary.ts";
import type { FontKey } from "./ops.ts";

export function writeFontKey(out: ByteWriter, key: FontKey): void {
  for (const part of [key.family, key.style, key.weight, key.stretch, key.unicodeRange]) out.string(part);
}

export function readFontKey(input: ByteReader): FontKey {
  return {
    family: input.string(),
    style: input.string(),
    weight: input.string(),
    stretch: input.string(),
    unicodeRange: input.string(),
  };
}
