/** Files kept for the pages to come, in bytes; the oldest go first. */
const MOST_KEPT_BYTES = 32 * 1024 * 1024;

export interface Kept {
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Files that came from the customer's browser, by the address the page has for them; outlives a page. */
export class AssetStore {
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;

  get(url: string): Kept | undefined {
    return this.#kept.get(url);
  }

  put(url: string, file: Kept): void {
    if (this.#kept.has(url)) return;
    this.#kept.set(url, file);
    this.#bytes += file.bytes.length;
    for (const [oldest, { bytes }] of this.#kept) {
      if (this.#bytes <= MOST_KEPT_BYTES) break;
      this.#kept.delete(oldest);
      this.#bytes -= bytes.length;
    }
  }
}
