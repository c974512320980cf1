import { Asset } from "../../core/codec/types.ts";
import { isStyle } from "../../core/node-types.ts";
import type { ReplicaNodes } from "../../core/tree/replica-nodes.ts";
import { MOST_WANTED } from "../fonts/wire.ts";
import type { TextStore } from "./text-store.ts";

/** A page that tells of more texts that are not here is hostile or broken. */
const MOST_MISSING = 2_000;

/** Texts of styles that the customer tells by their hash: they are here from earlier, or asked for. */
export class ReplicaTexts {
  readonly #nodes: ReplicaNodes;
  readonly #store: TextStore;
  readonly #send: (wanted: { id: number; asset: Asset }[]) => void;
  /** What a text is still to come for, and its node unless it is a constructed sheet. */
  readonly #missing = new Map<number, Node | undefined>();
  readonly #kept = new Set<number>();
  readonly #wanted: { id: number; asset: Asset }[] = [];
  #told = 0;

  constructor(nodes: ReplicaNodes, store: TextStore, send: (wanted: { id: number; asset: Asset }[]) => void) {
    this.#nodes = nodes;
    this.#store = store;
    this.#send = send;
  }

  /** Whether all styles in the page have their texts. */
  get complete(): boolean {
    for (const node of this.#missing.values())
      if (!node || (isStyle(node.parentNode) && node.isConnected)) return false;
    return true;
  }

  /** The text with this hash, if it is here and for a style. */
  find(id: number, hash: string): string | undefined {
    const node = this.#nodes.get(id);
    const text = !node || isStyle(node.parentNode) ? this.#store.get(hash) : undefined;
    if (text !== undefined) {
      this.#missing.delete(id);
      this.#kept.add(id);
      return text;
    }
    // Each is told of twice, at first without its hash.
    if (++this.#told > 2 * MOST_MISSING) return undefined;
    this.#missing.set(id, node);
    if (hash) this.#wanted.push({ id, asset: Asset.text });
    return undefined;
  }

  /** A text came in full. The first of each style is kept, and what was asked for: not each state of an animated one. */
  came(id: number, text: string): void {
    if (!this.#missing.delete(id) && this.#kept.has(id)) return;
    if (text.length > 0) this.#kept.add(id);
    this.#store.put(text).catch(() => {});
  }

  /** Asks for what the last operations told of. */
  ask(): void {
    while (this.#wanted.length > 0) this.#send(this.#wanted.splice(0, MOST_WANTED));
  }
}
