/** A small piece can hold a bomb, and the browser inflates each piece that it is given as a whole. */
const SLICE_BYTES = 16 * 1024;

/** Nothing takes so long to be deflated: the page has put something else in the place of the browser's means. */
const DEFLATE_MS = 5_000;

/** The browser's own means, unless the page has replaced it. */
let deflates = true;

/**
 * Deflates by the browser's own means (raw, no header). Rejects where that fails, or does not end; from then on always.
 */
export async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  if (!deflates) throw new Error("this page cannot deflate");
  let timer: ReturnType<typeof setTimeout> | undefined;
  const endless = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("what is deflated does not come back")), DEFLATE_MS);
  });
  try {
    const stream = new CompressionStream("deflate-raw");
    return await Promise.race([through(stream, bytes, Number.POSITIVE_INFINITY), endless]);
  } catch (error) {
    deflates = false;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Inflates what `deflate` made. Rejects with RangeError beyond `most` bytes. */
export async function inflate(bytes: Uint8Array, most: number): Promise<Uint8Array> {
  return through(new DecompressionStream("deflate-raw"), bytes, most);
}

async function through(
  stream: CompressionStream | DecompressionStream,
  bytes: Uint8Array,
  most: number,
): Promise<Uint8Array> {
  // Errors surface at the reader; the writer's promises only repeat them.
  write(stream.writable.getWriter(), bytes).catch(() => {});
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

async function write(writer: WritableStreamDefaultWriter<BufferSource>, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; at += SLICE_BYTES)
    await writer.write(bytes.subarray(at, at + SLICE_BYTES) as Uint8Array<ArrayBuffer>);
  await writer.close();
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
