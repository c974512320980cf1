import { handledBy } from "../../core/codec/reader.ts";
import type { ReplicaFeature } from "../../core/replica-feature.ts";
import type { ReplicaNodes } from "../../core/tree/replica-nodes.ts";
import { type LayerOperations, layerReaders, TopLayer } from "./wire.ts";

/** Puts dialogs and popovers into the top layer. */
export class LayersReplica implements ReplicaFeature, LayerOperations {
  readonly handlers = handledBy<LayerOperations>(this, layerReaders);
  readonly #nodes: ReplicaNodes;

  constructor(nodes: ReplicaNodes) {
    this.#nodes = nodes;
  }

  topLayer(id: number, state: TopLayer): void {
    const element = this.#nodes.element(id) as (HTMLDialogElement & Popover) | undefined;
    if (!element?.isConnected) return;
    const active = activeElement();
    try {
      if (element.localName === "dialog") showDialog(element, state);
      else if (state === TopLayer.popover) element.showPopover(invokerOf(element));
      else if (element.matches(":popover-open")) element.hidePopover();
    } catch {
      // Not in a state to be shown (its markup is still to come): a later operation will say.
    }
    // Showing a dialog moves the focus into it; the agent's hands are elsewhere.
    if (active && activeElement() !== active) active.focus({ preventScroll: true });
  }
}

/** What has the focus in the agent's page; the view may stand in a shadow root together with it. */
function activeElement(): HTMLElement | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element as HTMLElement | null;
}

function showDialog(dialog: HTMLDialogElement, state: TopLayer): void {
  if (state === TopLayer.modal) {
    if (dialog.matches(":modal")) return;
    dialog.removeAttribute("open");
    dialog.showModal();
  } else if (dialog.matches(":modal")) {
    const open = dialog.hasAttribute("open");
    // Without the attribute, close() would leave it in the top layer.
    dialog.setAttribute("open", "");
    dialog.close();
    if (open) dialog.setAttribute("open", "");
  }
}

interface Popover {
  showPopover(options?: { source?: HTMLElement }): void;
}

/** What most likely opened a popover: it is placed by that, and what that stands in stays open. */
function invokerOf(popover: HTMLElement): { source?: HTMLElement } {
  const id = CSS.escape(popover.id);
  const source = (popover.getRootNode() as ParentNode).querySelector<HTMLElement>(
    `[popovertarget="${id}"],[commandfor="${id}"]`,
  );
  return id && source ? { source } : {};
}
