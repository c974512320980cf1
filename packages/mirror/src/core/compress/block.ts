import {
  type BlockCodes,
  DISTANCES,
  DYNAMIC,
  distanceBases,
  distanceExtras,
  END_OF_BLOCK,
  FIXED,
  fixedCodes,
  LENGTH_SYMBOLS,
  LITERALS,
  lengthBases,
  lengthExtras,
  lengthOrder,
  lengthSymbols,
  STORED,
} from "./format.ts";
import { type Codes, codeLengths, codesOf, tally } from "./huffman.ts";

/** What the header of a stored block takes at most, in bits. */
const STORED_BITS = 3 + 7 + 32;

/**
 * Codes of a block's own have to be described, which never paid in smaller blocks on any page of the corpus: these are
 * most of what typing makes, and finding codes is most of the work.
 */
const OWN_CODES_FROM_BITS = 500;

/**
 * One block of raw deflate, by the shortest of its three kinds, and the bits after it up to a whole byte that a flush
 * begins with: what reads it puts `00 00 FF FF` behind.
 *
 * @param tokens literals as they are; matches as their length above 16 bits of their distance
 * @param piece what the tokens stand for
 */
export function blockOf(tokens: Uint32Array, piece: Uint8Array): Uint8Array<ArrayBuffer> {
  const literalCounts = new Uint32Array(LITERALS);
  const distanceCounts = new Uint32Array(DISTANCES);
  let extraBits = 0;
  literalCounts[END_OF_BLOCK] = 1;
  for (const token of tokens) {
    const length = token >>> 16;
    if (length === 0) {
      tally(literalCounts, token);
      continue;
    }
    const symbol = lengthSymbols[length] as number;
    const distance = distanceSymbol(token & 0xffff);
    tally(literalCounts, END_OF_BLOCK + 1 + symbol);
    tally(distanceCounts, distance);
    extraBits += (lengthExtras[symbol] as number) + (distanceExtras[distance] as number);
  }
  const bitsWith = ({ literals, distances }: BlockCodes) =>
    bitsOf(literalCounts, literals) + bitsOf(distanceCounts, distances) + extraBits;
  const fixedBits = bitsWith(fixedCodes);
  const own = fixedBits < OWN_CODES_FROM_BITS ? undefined : describe(codesFor(literalCounts, distanceCounts));
  const dynamicBits = own ? bitsWith(own.codes) + own.bits : Number.POSITIVE_INFINITY;
  const storedBits = piece.length * 8 + STORED_BITS;
  const bits = Math.min(fixedBits, dynamicBits, storedBits);
  const writer = new BitWriter((bits >> 3) + 8);
  if (bits === storedBits) {
    writer.put(STORED << 1, 3);
    writer.align();
    writer.put(piece.length, 16);
    writer.put(~piece.length & 0xffff, 16);
    writer.append(piece);
  } else if (own && bits === dynamicBits) {
    writer.put(DYNAMIC << 1, 3);
    own.write(writer);
    writeTokens(writer, tokens, own.codes);
  } else {
    writer.put(FIXED << 1, 3);
    writeTokens(writer, tokens, fixedCodes);
  }
  // The header of the empty stored block by which a flush ends.
  writer.put(0, 3);
  writer.align();
  return writer.bytes;
}

function codesFor(literalCounts: Uint32Array, distanceCounts: Uint32Array): BlockCodes {
  return {
    literals: codesOf(codeLengths(literalCounts, 15)),
    distances: codesOf(codeLengths(distanceCounts, 15)),
  };
}

function distanceSymbol(distance: number): number {
  if (distance < 5) return distance - 1;
  const bits = 30 - Math.clz32(distance - 1);
  return 2 * bits + 2 + (((distance - 1) >> bits) & 1);
}

function bitsOf(counts: Uint32Array, { lengths }: Codes): number {
  let bits = 0;
  counts.forEach((count, symbol) => {
    bits += count * (lengths[symbol] as number);
  });
  return bits;
}

function writeTokens(writer: BitWriter, tokens: Uint32Array, { literals, distances }: BlockCodes): void {
  for (const token of tokens) {
    const length = token >>> 16;
    if (length === 0) {
      writer.code(literals, token);
      continue;
    }
    const symbol = lengthSymbols[length] as number;
    writer.code(literals, END_OF_BLOCK + 1 + symbol);
    writer.put(length - (lengthBases[symbol] as number), lengthExtras[symbol] as number);
    const far = token & 0xffff;
    const distance = distanceSymbol(far);
    writer.code(distances, distance);
    writer.put(far - (distanceBases[distance] as number), distanceExtras[distance] as number);
  }
  writer.code(literals, END_OF_BLOCK);
}

/** Codes of a block's own, and what saying them takes. */
interface OwnCodes {
  codes: BlockCodes;
  bits: number;
  write(writer: BitWriter): void;
}

/** How a block says its codes: their lengths, runs shortened, by a code of their own (RFC 1951, 3.2.7). */
function describe(described: BlockCodes): OwnCodes {
  const { literals, distances } = described;
  const literalsUsed = used(literals.lengths, END_OF_BLOCK + 1);
  const distancesUsed = used(distances.lengths, 1);
  const all = [
    ...literals.lengths.subarray(0, literalsUsed),
    ...distances.lengths.subarray(0, distancesUsed),
  ];
  const runs: [symbol: number, extra: number, bits: number][] = [];
  const counts = new Uint32Array(LENGTH_SYMBOLS);
  const add = (symbol: number, extra = 0, bits = 0) => {
    runs.push([symbol, extra, bits]);
    tally(counts, symbol);
  };
  for (let at = 0; at < all.length; ) {
    const length = all[at] as number;
    let end = at + 1;
    while (all[end] === length) end++;
    if (length > 0) {
      add(length);
      at++;
    }
    for (let left = end - at; left > 0; left = end - at) {
      const take = Math.min(left, length === 0 ? 138 : 6);
      if (take < 3) {
        add(length);
        at++;
        continue;
      }
      if (length > 0) add(16, take - 3, 2);
      else if (take > 10) add(18, take - 11, 7);
      else add(17, take - 3, 3);
      at += take;
    }
  }
  const codes = codesOf(codeLengths(counts, 7));
  let ordered = LENGTH_SYMBOLS;
  while (ordered > 4 && codes.lengths[lengthOrder[ordered - 1] as number] === 0) ordered--;
  let extraBits = 0;
  for (const [, , bits] of runs) extraBits += bits;
  return {
    codes: described,
    bits: 14 + 3 * ordered + bitsOf(counts, codes) + extraBits,
    write(writer) {
      writer.put(literalsUsed - 257, 5);
      writer.put(distancesUsed - 1, 5);
      writer.put(ordered - 4, 4);
      for (const symbol of lengthOrder.slice(0, ordered)) writer.put(codes.lengths[symbol] as number, 3);
      for (const [symbol, extra, bits] of runs) {
        writer.code(codes, symbol);
        writer.put(extra, bits);
      }
    },
  };
}

/** How many symbols there are up to the last one with a code, but at least `least`. */
function used(lengths: Uint8Array, least: number): number {
  let count = lengths.length;
  while (count > least && lengths[count - 1] === 0) count--;
  return count;
}

/** Bits, the lowest first. */
class BitWriter {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;
  #bits = 0;
  #count = 0;

  constructor(most: number) {
    this.#bytes = new Uint8Array(most);
  }

  put(value: number, bits: number): void {
    this.#bits |= value << this.#count;
    this.#count += bits;
    for (; this.#count >= 8; this.#count -= 8, this.#bits >>>= 8) this.#bytes[this.#length++] = this.#bits;
  }

  code({ lengths, values }: Codes, symbol: number): void {
    this.put(values[symbol] as number, lengths[symbol] as number);
  }

  align(): void {
    this.put(0, -this.#count & 7);
  }

  append(bytes: Uint8Array): void {
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }
}
