/** Length and value of the code of each symbol. A symbol of length 0 has none. */
export interface Codes {
  readonly lengths: Uint8Array;
  /** With the first bit lowest, as deflate writes them. */
  readonly values: Uint16Array;
}

/** One more at a place. */
export function tally(counts: Uint16Array | Uint32Array, at: number): void {
  counts[at] = (counts[at] as number) + 1;
}

/** The canonical codes of these lengths (RFC 1951, 3.2.2). */
export function codesOf(lengths: Uint8Array): Codes {
  const values = new Uint16Array(lengths.length);
  let code = 0;
  for (let length = 1; length < 16; length++, code <<= 1) {
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] !== length) continue;
      let reversed = 0;
      for (let bit = 0; bit < length; bit++) reversed |= ((code >> bit) & 1) << (length - 1 - bit);
      values[symbol] = reversed;
      code++;
    }
  }
  return { lengths, values };
}

/**
 * Lengths of a prefix code for symbols that occur so often, none longer than `limit` bits: Huffman's, made valid again
 * where that is exceeded.
 */
export function codeLengths(counts: Uint32Array, limit: number): Uint8Array {
  const lengths = new Uint8Array(counts.length);
  const used: number[] = [];
  counts.forEach((count, symbol) => {
    if (count > 0) used.push(symbol);
  });
  used.sort((a, b) => (counts[a] as number) - (counts[b] as number));
  const leaves = used.length;
  if (leaves < 2) {
    for (const symbol of used) lengths[symbol] = 1;
    return lengths;
  }
  // Leaves, then the nodes above them; each list is in order of weight, so that the lightest two are at a front.
  const weights = used.map((symbol) => counts[symbol] as number);
  const parents: number[] = [];
  let leaf = 0;
  let node = leaves;
  const lightest = () =>
    leaf < leaves && !((weights[node] ?? Number.POSITIVE_INFINITY) < (weights[leaf] as number))
      ? leaf++
      : node++;
  for (let next = leaves; next < 2 * leaves - 1; next++) {
    const a = lightest();
    const b = lightest();
    parents[a] = parents[b] = next;
    weights[next] = (weights[a] as number) + (weights[b] as number);
  }
  const depths: number[] = [];
  depths[2 * leaves - 2] = 0;
  // In units of the longest code: what the codes take of all that there are.
  let taken = 0;
  for (let at = 2 * leaves - 3; at >= 0; at--) {
    depths[at] = (depths[parents[at] as number] as number) + 1;
    if (at < leaves) {
      const length = Math.min(limit, depths[at] as number);
      lengths[used[at] as number] = length;
      taken += 1 << (limit - length);
    }
  }
  const all = 1 << limit;
  // Rarest first: making their codes longer costs least.
  for (let at = 0; taken > all; at = (at + 1) % leaves) {
    const symbol = used[at] as number;
    const length = lengths[symbol] as number;
    if (length === limit) continue;
    lengths[symbol] = length + 1;
    taken -= 1 << (limit - length - 1);
  }
  // That may have made too much room, which a valid code does not have.
  for (let at = leaves - 1; taken < all; at--) {
    const symbol = used[at] as number;
    for (let step = 1 << (limit - (lengths[symbol] as number)); taken + step <= all; step *= 2) {
      lengths[symbol] = (lengths[symbol] as number) - 1;
      taken += step;
    }
  }
  return lengths;
}
