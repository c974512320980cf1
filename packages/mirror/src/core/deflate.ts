/** Deflates by the browser's own means (raw, no header). */
export async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  return through(new CompressionStream("deflate-raw"), bytes, Number.POSITIVE_INFINITY);
}

/** Inflates what `deflate` made. Rejects with RangeError beyond `most` bytes: a small frame can hold a bomb. */
export async function inflate(bytes: Uint8Array, most: number): Promise<Uint8Array> {
  return through(new DecompressionStream("deflate-raw"), bytes, most);
}

async function through(
  stream: CompressionStream | DecompressionStream,
  bytes: Uint8Array,
  most: number,
): Promise<Uint8Array> {
  const writer = stream.writable.getWriter();
  // Errors surface at the reader; the writer's promises only repeat them.
  writer.write(bytes as Uint8Array<ArrayBuffer>).catch(() => {});
  writer.close().catch(() => {});
  const reader = stream.readable.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    if (length > most) {
      await reader.cancel();
      throw new RangeError("a mirror frame inflates beyond its limit");
    }
    chunks.push(part.value);
  }
  return joined(chunks, length);
}

/** Chunks as one array; `length` is the sum of theirs. */
export function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
