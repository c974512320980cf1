import { handledBy } from "../../core/codec/reader.ts";
import * as dom from "../../core/dom.ts";
import type { ReplicaFeature } from "../../core/replica-feature.ts";
import type { ReplicaNodes } from "../../core/tree/replica-nodes.ts";
import { Asset } from "../assets/wire.ts";
import type { TextStore } from "../style-texts/text-store.ts";
import { places } from "../styles/companions.ts";
import { isSheetOwner, type StylesReplica } from "../styles/replica.ts";
import { stateRules } from "./rules.ts";
import { type StateRuleOperations, stateRuleReaders } from "./wire.ts";

/** Rules of one sheet, in characters. */
const MOST_LENGTH = 4 * 1024 * 1024;

/** Rules that come from the customer because their sheet works here but cannot be read: they stand beside it. */
export class StateRulesReplica implements ReplicaFeature, StateRuleOperations {
  readonly handlers = handledBy<StateRuleOperations>(this, stateRuleReaders);
  readonly #nodes: ReplicaNodes;
  readonly #store: TextStore;
  readonly #styles: StylesReplica;
  readonly #ask: (id: number, asset: Asset, again?: boolean) => void;
  /** By the ids of the elements; `changed` ones have to be put in place. */
  readonly #rules = new Map<number, { css: string; changed: boolean }>();

  constructor(
    nodes: ReplicaNodes,
    store: TextStore,
    styles: StylesReplica,
    ask: (id: number, asset: Asset, again?: boolean) => void,
  ) {
    this.#nodes = nodes;
    this.#store = store;
    this.#styles = styles;
    this.#ask = ask;
    styles.beforeSettle = () => this.#place();
  }

  stateRules(id: number, part: string): void {
    if (!isSheetOwner(this.#nodes.get(id)) || this.#styles.companions.replaces(id)) return;
    const css = part && (this.#rules.get(id)?.css ?? "") + part;
    if (css.length > MOST_LENGTH) return;
    this.#nodes.bounds.work(css.length / 64);
    this.#nodes.countCss(id, css);
    this.#rules.set(id, { css, changed: true });
    this.#styles.touched();
  }

  /** Rules told by their hash: they are here from an earlier page, or asked for. */
  known(id: number, hash: string): void {
    const css = this.#store.get(hash);
    if (css === undefined) this.#ask(id, Asset.stateRules, true);
    else {
      this.stateRules(id, "");
      this.stateRules(id, css);
    }
  }

  #place(): void {
    const { companions } = this.#styles;
    for (const [id, rules] of this.#rules) {
      const owner = this.#nodes.element(id);
      if (!owner || !dom.isConnected(owner) || companions.replaces(id)) this.#rules.delete(id);
      else if (rules.changed) {
        rules.changed = false;
        this.#store.put(rules.css).catch(() => {});
        const found = stateRules(rules.css);
        for (const place of places) companions.add(id, owner, place, found[place]);
      }
    }
  }
}
