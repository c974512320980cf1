import { ByteReader, MalformedFrameError } from "@copane/protocol";
import { Bounds } from "../bounds.ts";
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

/** An operation by itself, in steps of `Bounds`; so many characters are one more. */
const OPERATION_STEPS = 1;
const CHARACTERS = 32;

/** After so many steps one looks at the clock. */
const LOOK_STEPS = 1_000;

/** Reads one frame: what `MirrorWriter` wrote. */
export class OperationReader extends ByteReader {
  readonly #names: string[];
  readonly #bounds: Bounds;
  #lastId = 0;
  #lastNewId = 0;

  /**
   * @param names those of the epoch so far; new ones are added
   * @param bounds of what the frame may have to do
   */
  constructor(payload: Uint8Array, names: string[], bounds: Bounds) {
    super(payload);
    this.#names = names;
    this.#bounds = bounds;
  }

  override string(): string {
    return this.#counted(super.string());
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
    return this.#counted(value);
  }

  #counted(text: string): string {
    if (text.length >= CHARACTERS) this.#bounds.work(text.length / CHARACTERS);
    return text;
  }

  bytes(): Uint8Array {
    return this.raw(this.varint());
  }

  list<T>(read: () => T): T[] {
    const list: T[] = [];
    for (let count = this.varint(); count > 0; count--) {
      this.#bounds.work(OPERATION_STEPS);
      list.push(read());
    }
    return list;
  }
}

/** Decodes the mirror stream of one epoch; make a new reader for the next. */
export class MirrorReader {
  readonly #handlers: ReadonlyMap<number, (input: OperationReader) => void>;
  readonly #names: string[] = [];
  readonly #bounds: Bounds | undefined;

  /**
   * @param handlers of all operations
   * @param bounds of the page; without them each frame has its own
   */
  constructor(handlers: OperationHandlers, bounds?: Bounds) {
    this.#handlers = new Map(handlers);
    this.#bounds = bounds;
  }

  /**
   * Hands each operation to its handler, in order. Throws `MalformedFrameError` on bytes that are no mirror frame, and
   * `BoundsError` where they ask for more than a page can have.
   */
  read(payload: Uint8Array): void {
    for (const _ of this.steps(payload, () => false));
  }

  /** As `read`, but waits between operations to be asked for more whenever it is `overdue`. */
  *steps(payload: Uint8Array, overdue: () => boolean): Generator<void, void> {
    const bounds = this.#bounds ?? new Bounds();
    const input = new OperationReader(payload, this.#names, bounds);
    let looked = bounds.worked;
    while (!input.done) {
      const operation = input.u8();
      const handle = this.#handlers.get(operation);
      if (handle === undefined) throw new MalformedFrameError(`unknown mirror operation ${operation}`);
      bounds.work(OPERATION_STEPS);
      handle(input);
      if (bounds.worked - looked < LOOK_STEPS) continue;
      looked = bounds.worked;
      if (overdue()) yield;
    }
  }
}
