import { ByteWriter } from "@copane/protocol";
import { INTERN_ENTRIES, INTERN_LENGTH } from "./names.ts";

/** Takes out of texts what must not leave. */
export interface Redactor {
  redact(text: string): string;
  /** Of styles, names and shapes, where a short text means nothing. */
  redactStyle(text: string): string;
}

const nothing: Redactor = { redact: (text) => text, redactStyle: (text) => text };

/**
 * Encodes the mirror stream of one capture. `beginFrame()` and `endFrame()` frame the operations in between, which
 * the functions in the `wire.ts` files write.
 */
export class MirrorWriter extends ByteWriter {
  readonly #names = new Map<string, number>();
  readonly #redactor: Redactor;
  #lastId = 0;
  #lastNewId = 0;

  /** @param redactor sees every string; what is not a style, its writer gives to `redact` first */
  constructor(redactor: Redactor = nothing) {
    super(64 * 1024);
    this.#redactor = redactor;
  }

  /** A text, a value, a title or an address, as it may leave. */
  redact(text: string): string {
    return this.#redactor.redact(text);
  }

  /** As `redact`, of a style. */
  redactStyle(css: string): string {
    return this.#redactor.redactStyle(css);
  }

  /** A string by itself; a secret in it does not leave, wherever it comes from. */
  override string(text: string): void {
    super.string(this.#redactor.redactStyle(text));
  }

  /** Forgets the names that the readers have. */
  beginEpoch(): void {
    this.#names.clear();
  }

  beginFrame(): void {
    this.reset();
    this.#lastId = 0;
    this.#lastNewId = 0;
  }

  /** The frame's payload; the caller owns the copy. */
  endFrame(): Uint8Array<ArrayBuffer> {
    return this.take();
  }

  /** Begins an operation about a node. */
  op(operation: number, id: number): void {
    this.u8(operation);
    this.id(id);
  }

  /** A node that the viewers have, or 0. */
  id(id: number): void {
    this.signed(id - this.#lastId);
    this.#lastId = id;
  }

  /** Ids of new nodes, which mostly follow each other. Returns whether `id` is the one after the last. */
  follows(id: number): boolean {
    return id === this.#lastNewId + 1;
  }

  /** The id of a new node that does not follow the last. */
  newId(id: number): void {
    this.signed(id - this.#lastNewId);
    this.#lastNewId = id;
  }

  /** `id` is the last new one, and was not written. */
  skipNewId(id: number): void {
    this.#lastNewId = id;
  }

  /**
   * The name of an element or attribute, or the value of one as it may leave: it crosses once an epoch.
   * On the wire 0 and the string; or 1 and the string, which becomes the next entry of the table; or n + 2 for entry n.
   */
  name(value: string, intern = true): void {
    const known = this.#names.get(value);
    if (known !== undefined) {
      this.varint(known + 2);
    } else if (intern && value.length <= INTERN_LENGTH && this.#names.size < INTERN_ENTRIES) {
      this.#names.set(value, this.#names.size);
      this.u8(1);
      super.string(value);
    } else {
      this.u8(0);
      super.string(value);
    }
  }

  /** The number of bytes, and the bytes. */
  bytes(bytes: Uint8Array): void {
    this.varint(bytes.length);
    this.raw(bytes);
  }
}
