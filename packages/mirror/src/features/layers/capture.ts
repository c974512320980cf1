import type { ListenOptions, Watcher } from "../../core/capture-feature.ts";
import type { RareWriter } from "../../core/codec/rare-writer.ts";
import { TopLayer } from "../../core/codec/types.ts";
import { ELEMENT } from "../../core/node-types.ts";
import type { NodeRecord, NodeTable } from "../../core/tree/node-table.ts";

/** Dialogs and popovers in the top layer. */
export class LayerWatcher implements Watcher {
  readonly #nodes: NodeTable;
  readonly #writer: RareWriter;
  readonly #onChange: () => void;
  readonly #owed = new Map<NodeRecord, TopLayer>();
  /** Dialogs that the viewers have: `show()` and `close()` fire no event that bubbles. */
  readonly #dialogs = new Map<Element, TopLayer>();

  constructor(nodes: NodeTable, writer: RareWriter, onChange: () => void) {
    this.#nodes = nodes;
    this.#writer = writer;
    this.#onChange = onChange;
  }

  clear(): void {
    this.#owed.clear();
    this.#dialogs.clear();
  }

  listen(root: Document | ShadowRoot, options: ListenOptions): void {
    root.addEventListener("toggle", this.#toggled, options);
  }

  /** An element that can stand in the top layer. */
  element(element: Element): void {
    if (element.localName === "dialog") this.#dialogs.set(element, TopLayer.none);
    if (layerOf(element) !== TopLayer.none) this.#compare(element);
  }

  look(): boolean {
    for (const [dialog, was] of this.#dialogs) {
      if (this.#nodes.mirrored(dialog) === undefined) this.#dialogs.delete(dialog);
      else if (layerOf(dialog) !== was) this.#compare(dialog);
    }
    return this.#owed.size > 0;
  }

  flush(): void {
    for (const dialog of this.#dialogs.keys()) this.#compare(dialog);
    for (const [record, state] of this.#owed) if (record.mirrored) this.#writer.topLayer(record.id, state);
    this.#owed.clear();
  }

  readonly #toggled = (event: Event): void => {
    this.#compare(event.target as Element);
    this.#onChange();
  };

  #compare(element: Element): void {
    const record = this.#nodes.mirrored(element);
    if (record === undefined || element.nodeType !== ELEMENT) return;
    const state = layerOf(element);
    if (this.#dialogs.get(element) === state) return;
    if (this.#dialogs.has(element)) this.#dialogs.set(element, state);
    this.#owed.set(record, state);
  }
}

function layerOf(element: Element): TopLayer {
  if (element.matches(":modal")) return TopLayer.modal;
  return element.matches(":popover-open") ? TopLayer.popover : TopLayer.none;
}
