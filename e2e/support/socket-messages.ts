/** Puts the messages of a WebSocket's client together from the bytes that it sends, uncompressed. */
export class SocketMessages {
  readonly #tell: (message: Buffer) => void;
  #rest: Buffer = Buffer.alloc(0);
  #parts: Buffer[] = [];

  constructor(tell: (message: Buffer) => void) {
    this.#tell = tell;
  }

  add(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    for (let frame = this.#next(); frame; frame = this.#next()) {
      const { last, code, payload } = frame;
      // Pings and closes come between the parts of a message.
      if (code >= 8) continue;
      this.#parts.push(payload);
      if (!last) continue;
      this.#tell(Buffer.concat(this.#parts));
      this.#parts = [];
    }
  }

  #next(): { last: boolean; code: number; payload: Buffer } | undefined {
    const bytes = this.#rest;
    if (bytes.length < 6) return undefined;
    const [first = 0, second = 0] = bytes;
    const short = second & 127;
    // Length, mask, payload; longer lengths take more bytes.
    const more = short === 126 ? 2 : short === 127 ? 8 : 0;
    const start = 2 + more + 4;
    if (bytes.length < start) return undefined;
    const length = more === 2 ? bytes.readUInt16BE(2) : more === 8 ? Number(bytes.readBigUInt64BE(2)) : short;
    if (bytes.length < start + length) return undefined;
    const mask = bytes.subarray(start - 4, start);
    const payload = Buffer.from(bytes.subarray(start, start + length));
    for (let i = 0; i < length; i++) payload[i] = (payload[i] ?? 0) ^ (mask[i % 4] ?? 0);
    this.#rest = bytes.subarray(start + length);
    return { last: (first & 128) !== 0, code: first & 15, payload };
  }
}
