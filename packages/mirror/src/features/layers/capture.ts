import type { CaptureFeature } from "../../core/capture-feature.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";
import { type ListenOptions, listen } from "../../core/guard.ts";
import { ELEMENT } from "../../core/node-types.ts";
import type { NodeRecord, NodeTable } from "../../core/tree/node-table.ts";
import { TopLayer, writeTopLayer } from "./wire.ts";

/** Dialogs and popovers in the top layer. */
export class LayersCapture implements CaptureFeature {
  readonly tags = ["dialog"];
  readonly #nodes: NodeTable;
  readonly #writer: MirrorWriter;
  readonly #onChange: () => void;
  readonly #pending = new Map<NodeRecord, TopLayer>();
  /** Dialogs that the viewers have: `show()` and `close()` fire no event that bubbles. */
  readonly #dialogs = new Map<Element, TopLayer>();

  constructor(nodes: NodeTable, writer: MirrorWriter, onChange: () => void) {
    this.#nodes = nodes;
    this.#writer = writer;
    this.#onChange = onChange;
  }

  beginEpoch(): void {
    this.#pending.clear();
    this.#dialogs.clear();
  }

  listen(root: Document | ShadowRoot, options: ListenOptions): void {
    listen(root, ["toggle"], this.#toggled, options);
  }

  /** An element that can stand in the top layer. */
  element(element: Element): void {
    if (element.localName === "dialog") this.#dialogs.set(element, TopLayer.none);
    if (layerOf(element) !== TopLayer.none) this.#compare(element);
  }

  poll(): boolean {
    for (const [dialog, was] of this.#dialogs) {
      if (this.#nodes.mirrored(dialog) === undefined) this.#dialogs.delete(dialog);
      else if (layerOf(dialog) !== was) this.#compare(dialog);
    }
    return this.#pending.size > 0;
  }

  flush(): void {
    for (const dialog of this.#dialogs.keys()) this.#compare(dialog);
    for (const [record, state] of this.#pending)
      if (record.mirrored) writeTopLayer(this.#writer, record.id, state);
    this.#pending.clear();
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
    this.#pending.set(record, state);
  }
}

function layerOf(element: Element): TopLayer {
  if (element.matches(":modal")) return TopLayer.modal;
  return element.matches(":popover-open") ? TopLayer.popover : TopLayer.none;
}
