/** Bytes as hexadecimal digits, two for each. */
export function hexOf(bytes: Uint8Array): string {
  let hex = "";
  for (const byte of bytes) hex += byte.toString(16).padStart(2, "0");
  return hex;
}

/**
 * Growable little-endian byte sink. One writer is reused for many frames: `reset()` keeps its buffer.
 */
export class ByteWriter {
  #bytes: Uint8Array;
  #view: DataView;
  #length = 0;

  constructor(initialBytes = 4096) {
    this.#bytes = new Uint8Array(initialBytes);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** Bytes written since the last `reset()`. */
  get length(): number {
    return this.#length;
  }

  reset(): void {
    this.#length = 0;
  }

  u8(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  /** Unsigned LEB128; `value` is an integer from 0 to 2^53-1. */
  varint(value: number): void {
    this.#reserve(8);
    let rest = value;
    while (rest > 0x7f) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#length++] = rest;
  }

  /** Zigzag varint for integers whose magnitude is below 2^52. */
  signed(value: number): void {
    this.varint(value < 0 ? -value * 2 - 1 : value * 2);
  }

  f32(value: number): void {
    this.#reserve(4);
    this.#view.setFloat32(this.#length, value, true);
    this.#length += 4;
  }

  /** Byte length as varint, then UTF-8. Lone surrogates become U+FFFD. */
  string(value: string): void {
    // A UTF-16 unit takes at most three bytes, so one reservation is always enough.
    this.#reserve(value.length * 3 + 5);
    if (value.length <= SHORT && this.#ascii(value)) return;
    const prefix = varintSize(value.length);
    const start = this.#length;
    const { written } = encoder.encodeInto(value, this.#bytes.subarray(start + prefix));
    const size = varintSize(written);
    if (size !== prefix) this.#bytes.copyWithin(start + size, start + prefix, start + prefix + written);
    this.varint(written);
    this.#length += written;
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** A view of what was written; valid until the next write or `reset()`. */
  view(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length) as Uint8Array<ArrayBuffer>;
  }

  /** A copy of what was written, owned by the caller. */
  take(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length) as Uint8Array<ArrayBuffer>;
  }

  /** Most strings are short and plain; a call of the encoder costs more than they do. */
  #ascii(value: string): boolean {
    const bytes = this.#bytes;
    let at = this.#length;
    bytes[at++] = value.length;
    for (let i = 0; i < value.length; i++) {
      const unit = value.charCodeAt(i);
      if (unit > 0x7f) return false;
      bytes[at++] = unit;
    }
    this.#length = at;
    return true;
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}

/** Thrown by `ByteReader` when the bytes end early or a number is out of range: the frame is not ours. */
export class MalformedFrameError extends Error {
  override name = "MalformedFrameError";
}

/** Reads what `ByteWriter` wrote. Every read checks bounds: the bytes come from another party. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  u8(): number {
    const value = this.#bytes[this.#at];
    if (value === undefined) throw new MalformedFrameError("frame ends early");
    this.#at++;
    return value;
  }

  varint(): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 8; i++) {
      const byte = this.u8();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 0x80;
    }
    throw new MalformedFrameError("number too long");
  }

  signed(): number {
    const value = this.varint();
    return value % 2 ? -(value + 1) / 2 : value / 2;
  }

  f32(): number {
    this.#need(4);
    const value = this.#view.getFloat32(this.#at, true);
    this.#at += 4;
    return value;
  }

  string(): string {
    const length = this.varint();
    if (length <= SHORT) {
      const plain = this.#ascii(length);
      if (plain !== undefined) return plain;
    }
    return decoder.decode(this.raw(length));
  }

  raw(length: number): Uint8Array {
    this.#need(length);
    const value = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return value;
  }

  #ascii(length: number): string | undefined {
    this.#need(length);
    let text = "";
    for (let at = this.#at; at < this.#at + length; at++) {
      const byte = this.#bytes[at] as number;
      if (byte > 0x7f) return undefined;
      text += String.fromCharCode(byte);
    }
    this.#at += length;
    return text;
  }

  #need(count: number): void {
    if (this.#at + count > this.#bytes.length) throw new MalformedFrameError("frame ends early");
  }
}

/** Strings up to this length are tried as ASCII first; it must fit one varint byte. */
const SHORT = 40;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest > 0x7f; rest = Math.floor(rest / 0x80)) size++;
  return size;
}
