import { handledBy } from "../../core/codec/reader.ts";
import * as dom from "../../core/dom.ts";
import { isStyle } from "../../core/node-types.ts";
import type { ReplicaFeature } from "../../core/replica-feature.ts";
import type { ReplicaNodes } from "../../core/tree/replica-nodes.ts";
import { Asset, MOST_WANTED } from "../assets/wire.ts";
import { isSheetOwner } from "../styles/replica.ts";
import type { TextStore } from "./text-store.ts";
import { type StyleTextOperations, styleTextReaders } from "./wire.ts";

/** A page that tells of more texts that are not here is hostile or broken. */
const MOST_MISSING = 2_000;

export interface StyleTextsOptions {
  send(wanted: { id: number; asset: Asset }[]): void;
  /** The text of a text node or of a constructed sheet is here. */
  found(id: number, text: string): void;
  /** The state rules of a sheet are those with this hash. */
  stateRules(id: number, hash: string): void;
}

/** Texts of styles that the customer tells by their hash: they are here from earlier, or asked for. */
export class StyleTextsReplica implements ReplicaFeature, StyleTextOperations {
  readonly handlers = handledBy<StyleTextOperations>(this, styleTextReaders);
  readonly #nodes: ReplicaNodes;
  readonly #store: TextStore;
  readonly #options: StyleTextsOptions;
  /** What a text is still to come for, and its node unless it is a constructed sheet. */
  readonly #missing = new Map<number, Node | undefined>();
  readonly #kept = new Set<number>();
  readonly #wanted: { id: number; asset: Asset }[] = [];
  #told = 0;

  constructor(nodes: ReplicaNodes, store: TextStore, options: StyleTextsOptions) {
    this.#nodes = nodes;
    this.#store = store;
    this.#options = options;
  }

  /** Whether all styles in the page have their texts. */
  get complete(): boolean {
    for (const node of this.#missing.values())
      if (!node || (isStyle(dom.parentNode(node)) && dom.isConnected(node))) return false;
    return true;
  }

  knownText(id: number, hash: string): void {
    if (isSheetOwner(this.#nodes.get(id))) {
      this.#options.stateRules(id, hash);
      return;
    }
    const text = this.#find(id, hash);
    if (text !== undefined) this.#options.found(id, text);
  }

  /** The text with this hash, if it is here and for a style. */
  #find(id: number, hash: string): string | undefined {
    const node = this.#nodes.get(id);
    const text = !node || isStyle(dom.parentNode(node)) ? this.#store.get(hash) : undefined;
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

  /**
   * A text came in full. The first of each style is kept, and what was asked for: not each state of an
   * animated one.
   */
  styleText(id: number, text: string): void {
    if (!this.#missing.delete(id) && this.#kept.has(id)) return;
    if (text.length > 0) this.#kept.add(id);
    this.#store.put(text).catch(() => {});
  }

  /** Asks for what the operations told of. */
  applied(): void {
    while (this.#wanted.length > 0) this.#options.send(this.#wanted.splice(0, MOST_WANTED));
  }
}
