import { handledBy } from "../../core/codec/reader.ts";
import * as dom from "../../core/dom.ts";
import type { ReplicaFeature } from "../../core/replica-feature.ts";
import type { ReplicaNodes } from "../../core/tree/replica-nodes.ts";
import { type SlotOperations, slotReaders } from "./wire.ts";

/** Assigns nodes to slots as the page's scripts did. */
export class SlotsReplica implements ReplicaFeature, SlotOperations {
  readonly handlers = handledBy<SlotOperations>(this, slotReaders);
  readonly #nodes: ReplicaNodes;

  constructor(nodes: ReplicaNodes) {
    this.#nodes = nodes;
  }

  assign(id: number, ids: readonly number[]): void {
    const slot = this.#nodes.element(id) as HTMLSlotElement | undefined;
    if (!slot || dom.localName(slot) !== "slot") return;
    const nodes = ids.map((each) => this.#nodes.get(each));
    const slottable = nodes.filter((node) => node && /^[13]$/.test(String(dom.nodeType(node))));
    dom.assign(slot, ...(slottable as (Element | Text)[]));
  }
}
