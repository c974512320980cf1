import { ByteReader, MalformedFrameError } from "@copane/protocol";
import { INTERN_ENTRIES } from "./names.ts";

/** How operations are read: each by its number, calling `to` with what it says. */
export type OperationReaders<T> = readonly (readonly [
  operation: number,
  read: (input: OperationReader, to: T) => void,
])[];

/** Operations with who takes them. */
export type OperationHandlers = readonly (readonly [
  operation: number,
  handle: (input: OperationReader) => void,
])[];

/** Gives the operations of a feature to the one who shows it. */
export function handledBy<T>(to: T, readers: OperationReaders<T>): OperationHandlers {
  return readers.map(([operation, read]) => [operation, (input) => read(input, to)]);
}

/** Reads one frame: what `MirrorWriter` wrote. */
export class OperationReader extends ByteReader {
  readonly #names: string[];
  #lastId = 0;
  #lastNewId = 0;

  /** @param names those of the epoch so far; new ones are added */
  constructor(payload: Uint8Array, names: string[]) {
    super(payload);
    this.#names = names;
  }

  id(): number {
    this.#lastId += this.signed();
    return this.#lastId;
  }

  /** The id of a new node: the one after the last, unless a difference was written. */
  newId(follows: boolean): number {
    this.#lastNewId += follows ? 1 : this.signed();
    return this.#lastNewId;
  }

  flag(): boolean {
    return this.u8() === 1;
  }

  name(): string {
    const code = this.varint();
    if (code === 0) return this.string();
    if (code === 1) {
      const value = this.string();
      if (this.#names.length >= INTERN_ENTRIES) throw new MalformedFrameError("string table overflows");
      this.#names.push(value);
      return value;
    }
    const value = this.#names[code - 2];
    if (value === undefined) throw new MalformedFrameError("unknown string");
    return value;
  }

  bytes(): Uint8Array {
    return this.raw(this.varint());
  }

  list<T>(read: () => T): T[] {
    const list: T[] = [];
    for (let count = this.varint(); count > 0; count--) list.push(read());
    return list;
  }
}

/** Decodes the mirror stream of one epoch; make a new reader for the next. */
export class MirrorReader {
  readonly #handlers: ReadonlyMap<number, (input: OperationReader) => void>;
  readonly #names: string[] = [];

  /** @param handlers of all operations */
  constructor(handlers: OperationHandlers) {
    this.#handlers = new Map(handlers);
  }

  /** Hands each operation to its handler, in order. Throws `MalformedFrameError` on bytes that are no mirror frame. */
  read(payload: Uint8Array): void {
    const input = new OperationReader(payload, this.#names);
    while (!input.done) {
      const operation = input.u8();
      const handle = this.#handlers.get(operation);
      if (handle === undefined) throw new MalformedFrameError(`unknown mirror operation ${operation}`);
      handle(input);
    }
  }
}
