import type { CaptureFeature } from "../../core/capture-feature.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";
import * as dom from "../../core/dom.ts";
import { type ListenOptions, listen } from "../../core/guard.ts";
import { ELEMENT } from "../../core/node-types.ts";
import type { Opened } from "../../core/opened.ts";
import type { NodeRecord, NodeTable } from "../../core/tree/node-table.ts";
import { stacked } from "./stacking.ts";
import { TopLayer, writeTopLayer } from "./wire.ts";

/** Dialogs and popovers in the top layer. */
export class LayersCapture implements CaptureFeature {
  readonly tags = ["dialog"];
  readonly #nodes: NodeTable;
  readonly #writer: MirrorWriter;
  readonly #onChange: () => void;
  readonly #opened: Opened;
  readonly #pending = new Map<NodeRecord, TopLayer>();
  /** Those that were open when the viewers got them: their order is still to be found. */
  readonly #found = new Set<Element>();
  readonly #sources = new WeakMap<Element, Element>();
  /** Dialogs that the viewers have: `show()` and `close()` fire no event that bubbles. */
  readonly #dialogs = new Map<Element, TopLayer>();

  constructor(nodes: NodeTable, writer: MirrorWriter, opened: Opened, onChange: () => void) {
    this.#opened = opened;
    this.#nodes = nodes;
    this.#writer = writer;
    this.#onChange = onChange;
  }

  beginEpoch(): void {
    this.#pending.clear();
    this.#found.clear();
    this.#dialogs.clear();
  }

  listen(root: Document | ShadowRoot, options: ListenOptions): void {
    listen(root, ["toggle"], this.#toggled, options);
  }

  /** What opened a popover. */
  opened(popover: Element, source: Element): void {
    this.#sources.set(popover, source);
  }

  /** An element that can stand in the top layer. */
  element(element: Element): void {
    if (dom.localName(element) === "dialog") this.#dialogs.set(element, TopLayer.none);
    if (layerOf(element) !== TopLayer.none) this.#found.add(element);
  }

  poll(): boolean {
    for (const [dialog, was] of this.#dialogs) {
      if (this.#nodes.mirrored(dialog) === undefined) this.#dialogs.delete(dialog);
      // What is found open has an order, which the next frame finds out.
      else if (!this.#found.has(dialog) && layerOf(dialog) !== was) this.#compare(dialog);
    }
    return this.#pending.size + this.#found.size > 0;
  }

  flush(): void {
    for (const element of this.#found.size > 1 ? stacked(this.#found, this.#opened) : this.#found)
      this.#compare(element);
    this.#found.clear();
    for (const dialog of this.#dialogs.keys()) this.#compare(dialog);
    for (const [record, state] of this.#pending) if (record.mirrored) this.#write(record, state);
    this.#pending.clear();
  }

  readonly #toggled = (event: Event): void => {
    const element = event.target as Element;
    const { source } = event as Event & { source?: Element | null };
    if (source) this.#sources.set(element, source);
    else this.#sources.delete(element);
    // It may have been closed and opened since the last look: then it stands over the others.
    if (this.#dialogs.has(element) && layerOf(element) !== TopLayer.none)
      this.#dialogs.set(element, TopLayer.none);
    this.#compare(element);
    this.#onChange();
  };

  #write({ id, node }: NodeRecord, state: TopLayer): void {
    const source =
      this.#sources.get(node as Element) ??
      this.#opened.get(node as Element)?.source ??
      openerOf(node as Element);
    writeTopLayer(this.#writer, id, state, state === TopLayer.popover ? this.#nodes.idOf(source) : 0);
  }

  #compare(element: Element): void {
    const record = this.#nodes.mirrored(element);
    if (record === undefined || dom.nodeType(element) !== ELEMENT) return;
    const state = layerOf(element);
    if (this.#dialogs.get(element) === state) return;
    if (this.#dialogs.has(element)) this.#dialogs.set(element, state);
    this.#found.delete(element);
    // The last to be opened comes last.
    this.#pending.delete(record);
    this.#pending.set(record, state);
  }
}

/** The button that opens a popover, where a script says so and no attribute. */
function openerOf(popover: Element): Element | null {
  const id = CSS.escape(dom.elementId(popover));
  const root = dom.getRootNode(popover);
  const named = id && dom.querySelector(root, `[popovertarget="${id}"],[commandfor="${id}"]`);
  if (named || !dom.hasAttribute(popover, "popover")) return null;
  for (const button of dom.querySelectorAll(root, "button,input")) {
    if (dom.popoverTargetElement(button) === popover || dom.commandForElement(button) === popover)
      return button;
  }
  return null;
}

function layerOf(element: Element): TopLayer {
  if (dom.matches(element, ":modal")) return TopLayer.modal;
  return dom.matches(element, ":popover-open") ? TopLayer.popover : TopLayer.none;
}
