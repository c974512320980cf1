import { handledBy } from "../../core/codec/reader.ts";
import * as dom from "../../core/dom.ts";
import type { ReplicaFeature } from "../../core/replica-feature.ts";
import type { ReplicaNodes } from "../../core/tree/replica-nodes.ts";
import { keepingFocus } from "./keep-focus.ts";
import { type LayerOperations, layerReaders, TopLayer } from "./wire.ts";

const LAYER_STEPS = 200;

/** Puts dialogs and popovers into the top layer. */
export class LayersReplica implements ReplicaFeature, LayerOperations {
  readonly handlers = handledBy<LayerOperations>(this, layerReaders);
  readonly #nodes: ReplicaNodes;

  constructor(nodes: ReplicaNodes) {
    this.#nodes = nodes;
  }

  topLayer(id: number, state: TopLayer, source: number): void {
    const element = this.#nodes.element(id) as HTMLDialogElement | undefined;
    if (!element || !dom.isConnected(element)) return;
    // What opened it is looked for, and showing it asks where things are.
    this.#nodes.bounds.work(LAYER_STEPS + this.#nodes.bounds.nodes / 8);
    keepingFocus(element, () => this.#show(element, state, source));
  }

  #show(element: HTMLDialogElement, state: TopLayer, source: number): void {
    try {
      if (dom.localName(element) === "dialog") showDialog(element, state);
      else if (state === TopLayer.popover) {
        // Opened again, over others.
        if (dom.matches(element, ":popover-open")) dom.hidePopover(element);
        const opener = this.#nodes.element(source) as HTMLElement | undefined;
        const opened = opener ?? invokerOf(element);
        showPopover(element, opened ? { source: opened } : {});
      } else if (dom.matches(element, ":popover-open")) dom.hidePopover(element);
    } catch {
      // Not in a state to be shown (its markup is still to come): a later operation will say.
    }
  }
}

function showDialog(dialog: HTMLDialogElement, state: TopLayer): void {
  if (state === TopLayer.modal) {
    // Opened again, over others.
    if (dom.matches(dialog, ":modal")) dom.closeDialog(dialog);
    dom.removeAttribute(dialog, "open");
    dom.showModal(dialog);
  } else if (dom.matches(dialog, ":modal")) {
    const open = dom.hasAttribute(dialog, "open");
    // Without the attribute, close() would leave it in the top layer.
    dom.setAttribute(dialog, "open", "");
    dom.closeDialog(dialog);
    if (open) dom.setAttribute(dialog, "open", "");
  }
}

/** Newer browsers are told what opened it. */
const showPopover = dom.showPopover as (popover: HTMLElement, options: { source?: HTMLElement }) => void;

/** What most likely opened a popover: it is placed by that, and what that stands in stays open. */
function invokerOf(popover: HTMLElement): HTMLElement | undefined {
  const id = CSS.escape(dom.elementId(popover));
  const opener = `[popovertarget="${id}"],[commandfor="${id}"]`;
  const source = id && dom.querySelector(dom.getRootNode(popover), opener);
  return source ? (source as HTMLElement) : undefined;
}
