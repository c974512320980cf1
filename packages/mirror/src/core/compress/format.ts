import { type Codes, codesOf } from "./huffman.ts";

/** How far back deflate can point (RFC 1951, 3.2.5). */
export const WINDOW_BYTES = 32 * 1024;

export const SHORTEST_MATCH = 3;
export const LONGEST_MATCH = 258;

export const END_OF_BLOCK = 256;
/** Symbols of literals and lengths, and of distances, that blocks have codes for. */
export const LITERALS = 286;
export const DISTANCES = 30;
const LENGTHS = 29;
/** The code of lengths: 0 to 15 are lengths, 16 repeats the last one, 17 and 18 repeat zero. */
export const LENGTH_SYMBOLS = 19;

/** Kinds of block (RFC 1951, 3.2.3). None is the last one: the stream goes on. */
export const STORED = 0;
export const FIXED = 1;
export const DYNAMIC = 2;

/** The first length or distance of each symbol, and how many bits say which of those after it is meant. */
export const lengthBases = new Uint16Array(LENGTHS);
export const lengthExtras = new Uint8Array(LENGTHS);
export const distanceBases = new Uint16Array(DISTANCES);
export const distanceExtras = new Uint8Array(DISTANCES);
/** The symbol of each length, less those of literals. */
export const lengthSymbols = new Uint8Array(LONGEST_MATCH + 1);

for (let symbol = 0, base = SHORTEST_MATCH; symbol < LENGTHS; symbol++) {
  const last = symbol === LENGTHS - 1;
  const extra = symbol < 8 || last ? 0 : (symbol >> 2) - 1;
  lengthBases[symbol] = last ? LONGEST_MATCH : base;
  lengthExtras[symbol] = extra;
  lengthSymbols.fill(symbol, lengthBases[symbol]);
  base += 1 << extra;
}
for (let symbol = 0, base = 1; symbol < DISTANCES; symbol++) {
  const extra = symbol < 4 ? 0 : (symbol >> 1) - 1;
  distanceBases[symbol] = base;
  distanceExtras[symbol] = extra;
  base += 1 << extra;
}

export const fixedCodes: BlockCodes = {
  literals: codesOf(
    Uint8Array.from({ length: 288 }, (_, symbol) =>
      symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8,
    ),
  ),
  distances: codesOf(new Uint8Array(DISTANCES).fill(5)),
};

/** In what order the lengths of the code of lengths are written (RFC 1951, 3.2.7). */
export const lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** The two codes of a block. */
export interface BlockCodes {
  literals: Codes;
  distances: Codes;
}
