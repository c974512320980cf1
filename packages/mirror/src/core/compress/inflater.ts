import {
  DISTANCES,
  DYNAMIC,
  distanceBases,
  distanceExtras,
  END_OF_BLOCK,
  FIXED,
  fixedCodes,
  LENGTH_SYMBOLS,
  lengthBases,
  lengthExtras,
  lengthOrder,
  STORED,
  WINDOW_BYTES,
} from "./format.ts";
import { tally } from "./huffman.ts";

/** Longest code (RFC 1951, 3.2.7). */
const LONGEST_CODE = 15;

/** How a prefix code is read: how many codes each length has, and their symbols in the order of the codes. */
interface Decoder {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

/**
 * Inflates what a `Deflater` made, piece by piece. The browsers' `DecompressionStream` tells neither that a piece is
 * complete nor stops at a limit. Not for large pieces: those are sent alone, and the browser inflates them.
 */
export class Inflater {
  /** What was inflated last, and room for the next piece. */
  readonly #bytes = new Uint8Array(2 * WINDOW_BYTES);
  #length = 0;
  /** Where the piece that is being read has to end. */
  #limit = 0;

  /** Takes note of bytes that came another way, as `Deflater.prime` does. */
  prime(bytes: Uint8Array): void {
    const last = bytes.subarray(-WINDOW_BYTES);
    this.#makeRoom();
    this.#bytes.set(last, this.#length);
    this.#length += last.length;
  }

  /**
   * The piece. It shares memory that the next one is written over.
   *
   * @throws RangeError when the bytes are no such piece, or one of more than `WINDOW_BYTES`. The stream has no place
   *   then and cannot be gone on with.
   */
  inflate(deflated: Uint8Array): Uint8Array {
    this.#makeRoom();
    const start = this.#length;
    this.#limit = start + WINDOW_BYTES;
    const bits = new BitReader(deflated);
    // A piece may be of several blocks; an empty stored one, whose header is all that is sent of it, ends it.
    while (this.#block(bits));
    return this.#bytes.subarray(start, this.#length);
  }

  /** Keeps the last bytes only, so that a piece has room. */
  #makeRoom(): void {
    const kept = Math.min(WINDOW_BYTES, this.#length);
    this.#bytes.copyWithin(0, this.#length - kept, this.#length);
    this.#length = kept;
  }

  /** Reads a block; false at the end of a piece. */
  #block(bits: BitReader): boolean {
    const last = bits.take(1);
    const kind = bits.take(2);
    if (kind === STORED) {
      bits.align();
      if (bits.ended) return false;
      this.#stored(bits);
    } else if (kind === FIXED) {
      this.#coded(bits, fixedLiterals, fixedDistances);
    } else if (kind === DYNAMIC) {
      this.#coded(bits, ...describedCodes(bits));
    }
    if (last || kind > DYNAMIC) throw malformed();
    return true;
  }

  #stored(bits: BitReader): void {
    const length = bits.take(16);
    if (bits.take(16) !== (~length & 0xffff)) throw malformed();
    for (let left = length; left > 0; left--) this.#add(bits.take(8));
  }

  #coded(bits: BitReader, literals: Decoder, distances: Decoder): void {
    for (let symbol = bits.symbol(literals); symbol !== END_OF_BLOCK; symbol = bits.symbol(literals)) {
      if (symbol < END_OF_BLOCK) {
        this.#add(symbol);
        continue;
      }
      const length = amount(bits, symbol - END_OF_BLOCK - 1, lengthBases, lengthExtras);
      const distance = amount(bits, bits.symbol(distances), distanceBases, distanceExtras);
      if (distance > this.#length) throw malformed();
      for (let left = length; left > 0; left--) this.#add(this.#bytes[this.#length - distance] as number);
    }
  }

  #add(byte: number): void {
    if (this.#length === this.#limit) throw malformed();
    this.#bytes[this.#length++] = byte;
  }
}

const fixedLiterals = decoderOf(fixedCodes.literals.lengths);
const fixedDistances = decoderOf(fixedCodes.distances.lengths);

/** A length or distance by its symbol and the bits after it. */
function amount(bits: BitReader, symbol: number, bases: Uint16Array, extras: Uint8Array): number {
  const base = bases[symbol];
  if (base === undefined) throw malformed();
  return base + bits.take(extras[symbol] as number);
}

/** The codes that a block begins with. */
function describedCodes(bits: BitReader): [literals: Decoder, distances: Decoder] {
  const literals = bits.take(5) + END_OF_BLOCK + 1;
  const distances = bits.take(5) + 1;
  const ordered = bits.take(4) + 4;
  const lengthLengths = new Uint8Array(LENGTH_SYMBOLS);
  for (const symbol of lengthOrder.slice(0, ordered)) lengthLengths[symbol] = bits.take(3);
  const code = decoderOf(lengthLengths);
  const lengths = new Uint8Array(literals + distances);
  if (distances > DISTANCES) throw malformed();
  for (let at = 0; at < lengths.length; ) {
    const symbol = bits.symbol(code);
    if (symbol < 16) {
      lengths[at++] = symbol;
      continue;
    }
    if (symbol === 16 && at === 0) throw malformed();
    const length = symbol === 16 ? (lengths[at - 1] as number) : 0;
    const times = symbol === 16 ? bits.take(2) + 3 : symbol === 17 ? bits.take(3) + 3 : bits.take(7) + 11;
    if (at + times > lengths.length) throw malformed();
    lengths.fill(length, at, at + times);
    at += times;
  }
  return [decoderOf(lengths.subarray(0, literals)), decoderOf(lengths.subarray(literals))];
}

function decoderOf(lengths: Uint8Array): Decoder {
  const counts = new Uint16Array(LONGEST_CODE + 1);
  for (const length of lengths) tally(counts, length);
  const places = new Uint16Array(LONGEST_CODE + 2);
  for (let length = 1; length <= LONGEST_CODE; length++)
    places[length + 1] = (places[length] as number) + (counts[length] as number);
  const symbols = new Uint16Array(lengths.length);
  lengths.forEach((length, symbol) => {
    if (length === 0) return;
    symbols[places[length] as number] = symbol;
    tally(places, length);
  });
  return { counts, symbols };
}

/** Bits, the lowest first. Throws where there are no more. */
class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  #bits = 0;
  #count = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Every whole byte was read. */
  get ended(): boolean {
    return this.#at === this.#bytes.length;
  }

  take(count: number): number {
    for (; this.#count < count; this.#count += 8) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw malformed();
      this.#bits |= byte << this.#count;
    }
    const value = this.#bits & ((1 << count) - 1);
    this.#bits >>>= count;
    this.#count -= count;
    return value;
  }

  /** Goes to the next whole byte. */
  align(): void {
    this.#bits = this.#count = 0;
  }

  /** Reads a code: of codes of one length each is one above the last, and the first follows from those shorter. */
  symbol({ counts, symbols }: Decoder): number {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= LONGEST_CODE; length++) {
      code |= this.take(1);
      const count = counts[length] as number;
      if (code - first < count) return symbols[index + code - first] as number;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw malformed();
  }
}

function malformed(): RangeError {
  return new RangeError("a mirror frame cannot be inflated");
}
