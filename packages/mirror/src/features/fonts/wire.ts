import { type ByteReader, type ByteWriter, hexOf, MalformedFrameError } from "@copane/protocol";
import * as Op from "../../core/codec/operations.ts";
import type { OperationReaders } from "../../core/codec/reader.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";
import * as Feedback from "../../core/flow/feedback.ts";
import { encodeFeedback } from "../../core/flow/feedback.ts";

/**
 * Names a font face on both sides: what CSS calls it, never an address, so that a viewer cannot ask for
 * anything that the page does not use as a font.
 */
export interface FontKey {
  family: string;
  style: string;
  weight: string;
  stretch: string;
  unicodeRange: string;
}

/** More faces than this in one request are not answered. */
const MOST_WANTED = 64;

/** Files that a viewer may say it has for one font. */
export const MOST_OFFERED = 4;

/** Bytes of a SHA-256. */
const HASH_BYTES = 32;

/** A font that a viewer could not load. */
export interface WantedFont {
  key: FontKey;
  /** SHA-256, in hexadecimal, of files that the viewer has from earlier under this name. */
  has: readonly string[];
}

function writeFontKey(out: ByteWriter, key: FontKey): void {
  for (const part of [key.family, key.style, key.weight, key.stretch, key.unicodeRange]) out.string(part);
}

function readFontKey(input: ByteReader): FontKey {
  return {
    family: input.string(),
    style: input.string(),
    weight: input.string(),
    stretch: input.string(),
    unicodeRange: input.string(),
  };
}

function writeFontKeys(out: ByteWriter, keys: readonly FontKey[]): void {
  out.varint(keys.length);
  for (const key of keys) writeFontKey(out, key);
}

function readFontKeys(input: ByteReader): FontKey[] {
  const count = input.varint();
  if (count > MOST_WANTED) throw new MalformedFrameError("too many fonts");
  const keys: FontKey[] = [];
  while (keys.length < count) keys.push(readFontKey(input));
  return keys;
}

/** @param hash 64 hexadecimal digits */
function writeHash(out: ByteWriter, hash: string): void {
  for (let i = 0; i < HASH_BYTES; i++) out.u8(Number.parseInt(hash.slice(2 * i, 2 * i + 2), 16));
}

function readHash(input: ByteReader): string {
  return hexOf(input.raw(HASH_BYTES));
}

/** Feedback: fonts that the viewer could not load by itself; they are not for other origins, or not reachable. */
export function encodeWantedFonts(wanted: readonly WantedFont[]): Uint8Array<ArrayBuffer> {
  return encodeFeedback(Feedback.fonts, (out) => {
    const asked = wanted.slice(0, MOST_WANTED);
    out.varint(asked.length);
    for (const { key, has } of asked) {
      writeFontKey(out, key);
      const told = has.slice(0, MOST_OFFERED);
      out.u8(told.length);
      for (const hash of told) writeHash(out, hash);
    }
  });
}

/** What follows the kind in such feedback. */
export function decodeWantedFonts(input: ByteReader): WantedFont[] {
  const wanted: WantedFont[] = [];
  for (let left = Math.min(input.varint(), MOST_WANTED); left > 0; left--) {
    const key = readFontKey(input);
    const count = input.u8();
    if (count > MOST_OFFERED) throw new MalformedFrameError("too many files of one font");
    const has: string[] = [];
    while (has.length < count) has.push(readHash(input));
    wanted.push({ key, has });
  }
  return wanted;
}

export interface FontOperations {
  font(keys: FontKey[], bytes: Uint8Array): void;
  knownFont(keys: FontKey[], hash: string): void;
  madeFont(key: FontKey, source: string): void;
}

/** A font file, for a viewer that could not load it. */
export function writeFont(out: MirrorWriter, keys: readonly FontKey[], bytes: Uint8Array): void {
  out.u8(Op.font);
  writeFontKeys(out, keys);
  out.bytes(bytes);
}

/** @param hash SHA-256 of a file that the viewer said it has: these fonts are in it */
export function writeKnownFont(out: MirrorWriter, keys: readonly FontKey[], hash: string): void {
  out.u8(Op.knownFont);
  writeFontKeys(out, keys);
  writeHash(out, hash);
}

/** @param source what a script made a font from, as CSS: addresses are whole ones */
export function writeMadeFont(out: MirrorWriter, key: FontKey, source: string): void {
  out.u8(Op.madeFont);
  writeFontKey(out, key);
  out.string(source);
}

export const fontReaders: OperationReaders<FontOperations> = [
  [Op.font, (input, to) => to.font(readFontKeys(input), input.bytes())],
  [Op.madeFont, (input, to) => to.madeFont(readFontKey(input), input.string())],
  [Op.knownFont, (input, to) => to.knownFont(readFontKeys(input), readHash(input))],
];
