import { sha256 } from "../../core/sha256.ts";
import { STYLE_TEXT_LENGTH } from "./wire.ts";

/** All texts together, in characters; those that were not used for longest go first. */
const MOST_LENGTH = 16 * 1024 * 1024;
const MOST_TEXTS = 512;

/**
 * Texts of styles for the life of the agent's page, by what they are: one that a customer sent is there for the next.
 * The hash is computed here, so that nobody can put one here that another's page would not have had itself.
 */
export class TextStore {
  readonly #kept = new Map<string, string>();
  #length = 0;

  get(hash: string): string | undefined {
    const text = this.#kept.get(hash);
    if (text === undefined) return undefined;
    this.#kept.delete(hash);
    this.#kept.set(hash, text);
    return text;
  }

  async put(text: string): Promise<void> {
    if (text.length < STYLE_TEXT_LENGTH || text.length > MOST_LENGTH) return;
    const hash = await sha256(new TextEncoder().encode(text));
    // Without a hash it is for this page alone.
    if (hash === undefined || this.get(hash) !== undefined) return;
    this.#kept.set(hash, text);
    this.#length += text.length;
    for (const [oldest, { length }] of this.#kept) {
      if (this.#length <= MOST_LENGTH && this.#kept.size <= MOST_TEXTS) break;
      this.#kept.delete(oldest);
      this.#length -= length;
    }
  }
}
