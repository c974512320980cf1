import { blockOf } from "./block.ts";
import { LONGEST_MATCH, SHORTEST_MATCH, WINDOW_BYTES } from "./format.ts";

/** Candidates that are tried for a match. */
const MOST_TRIES = 24;
/** A match of this length is taken at once. */
const GOOD_MATCH = 32;
const HASH_BITS = 13;

/**
 * One stream of raw deflate that is flushed after each piece, so that small pieces point back into earlier ones. The
 * browsers' `CompressionStream` cannot flush. What inflates it puts `00 00 FF FF` after each piece, as with
 * permessage-deflate (RFC 7692, 7.2.1).
 */
export class Deflater {
  /** What was deflated last, and room for as much again. */
  readonly #bytes = new Uint8Array(2 * WINDOW_BYTES);
  /** Where `#bytes` begins and how far it is filled, counted from the start of the stream. */
  #base = 0;
  #end = 0;
  /** The last place of each hash, and the one before each place. Places count from 1; 0 is none. */
  readonly #heads = new Uint32Array(1 << HASH_BITS);
  readonly #earlier = new Uint32Array(WINDOW_BYTES);

  /** Takes note of bytes that the other side has by another way. */
  prime(bytes: Uint8Array): void {
    const last = bytes.subarray(-WINDOW_BYTES);
    this.#append(last);
    for (let at = this.#end - last.length; at < this.#end; at++) this.#index(at);
  }

  /** Deflates a piece of at most `WINDOW_BYTES`. */
  deflate(piece: Uint8Array): Uint8Array<ArrayBuffer> {
    this.#append(piece);
    const start = this.#end - piece.length;
    // The last places of the piece before had no three bytes yet.
    for (let place = Math.max(this.#base, start - 2); place < start; place++) this.#index(place);
    return blockOf(this.#tokens(piece.length), piece);
  }

  #append(piece: Uint8Array): void {
    if (this.#end - this.#base + piece.length > this.#bytes.length) {
      const kept = Math.min(WINDOW_BYTES, this.#end - this.#base);
      const from = this.#end - this.#base - kept;
      this.#bytes.copyWithin(0, from, from + kept);
      this.#base += from;
    }
    this.#bytes.set(piece, this.#end - this.#base);
    this.#end += piece.length;
  }

  /** Notes where the three bytes at a place stand. Gives the last place before it with the same hash. */
  #index(place: number): number {
    const at = place - this.#base;
    if (place + SHORTEST_MATCH > this.#end) return 0;
    const bytes = this.#bytes;
    const three =
      ((bytes[at] as number) << 16) | ((bytes[at + 1] as number) << 8) | (bytes[at + 2] as number);
    const hash = Math.imul(three, 0x9e3779b1) >>> (32 - HASH_BITS);
    const before = this.#heads[hash] as number;
    this.#heads[hash] = place + 1;
    this.#earlier[place % WINDOW_BYTES] = before;
    return before;
  }

  /** Literals as they are; matches as their length and distance in one number above. */
  #tokens(length: number): Uint32Array {
    const tokens = new Uint32Array(length);
    let count = 0;
    const start = this.#end - length;
    for (let place = start; place < this.#end; ) {
      let [long, far] = this.#match(place);
      let next = place + 1;
      if (long >= SHORTEST_MATCH) {
        // A longer match one byte later is worth a literal.
        if (long < GOOD_MATCH && place + long < this.#end) {
          const [longer, farther] = this.#match(next);
          if (longer > long) {
            tokens[count++] = this.#bytes[place - this.#base] as number;
            [long, far] = [longer, farther];
            place++;
          }
          next++;
        }
        tokens[count++] = (long << 16) | far;
        for (; next < place + long; next++) this.#index(next);
        place += long;
      } else {
        tokens[count++] = this.#bytes[place - this.#base] as number;
        place++;
      }
    }
    return tokens.subarray(0, count);
  }

  #match(place: number): [length: number, distance: number] {
    let best = 0;
    let distance = 0;
    const bytes = this.#bytes;
    const at = place - this.#base;
    const most = Math.min(LONGEST_MATCH, this.#end - place);
    let candidate = this.#index(place) - 1;
    for (let tries = MOST_TRIES; candidate >= 0 && place - candidate <= WINDOW_BYTES && tries > 0; tries--) {
      const from = candidate - this.#base;
      if (from < 0) break;
      if (bytes[from + best] === bytes[at + best]) {
        let length = 0;
        while (length < most && bytes[from + length] === bytes[at + length]) length++;
        if (length > best) {
          best = length;
          distance = place - candidate;
          if (length === most || length >= GOOD_MATCH * 4) break;
        }
      }
      const earlier = (this.#earlier[candidate % WINDOW_BYTES] as number) - 1;
      if (earlier >= candidate) break;
      candidate = earlier;
    }
    return [best, distance];
  }
}
