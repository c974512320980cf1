import { sha256 } from "../../core/sha256.ts";
import { fontId } from "./font-key.ts";
import type { FontKey } from "./wire.ts";

/** All files together; those that were not used for longest go first. */
const MOST_BYTES = 16 * 1024 * 1024;
const MOST_FILES = 128;

/** Names that one file is known by, and the length of one. */
const MOST_NAMES = 32;
const LONGEST_NAME = 4_000;

interface Kept {
  bytes: Uint8Array<ArrayBuffer>;
  names: Set<string>;
}

/**
 * Font files for the life of the agent's page, by what they are: one that a customer sent is there for the next. A
 * customer's browser compares with its own file before it lets this one be used, so that nobody can put one here
 * that another's page would show.
 */
export class FontStore {
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;

  /** Hashes of the files that were sent by this name, the newest first. */
  has(key: FontKey): string[] {
    const id = fontId(key);
    return [...this.#kept].flatMap(([hash, { names }]) => (names.has(id) ? [hash] : [])).reverse();
  }

  get(hash: string): Uint8Array<ArrayBuffer> | undefined {
    const kept = this.#kept.get(hash);
    if (!kept) return undefined;
    this.#kept.delete(hash);
    this.#kept.set(hash, kept);
    return kept.bytes;
  }

  async put(keys: readonly FontKey[], bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const hash = await sha256(bytes);
    if (hash === undefined) return;
    let kept = this.#kept.get(hash);
    if (!kept) {
      kept = { bytes, names: new Set() };
      this.#kept.set(hash, kept);
      this.#bytes += bytes.length;
    }
    for (const id of keys.map(fontId))
      if (kept.names.size < MOST_NAMES && id.length <= LONGEST_NAME) kept.names.add(id);
    for (const [oldest, { bytes: file }] of this.#kept) {
      if (this.#bytes <= MOST_BYTES && this.#kept.size <= MOST_FILES) break;
      this.#kept.delete(oldest);
      this.#bytes -= file.length;
    }
  }
}
