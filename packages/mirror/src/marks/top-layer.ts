import * as dom from "../core/dom.ts";
/**
 * Keeps a layer visible over a modal dialog of the page: nothing is seen then that is not in the top layer too,
 * and later in it than the dialog.
 */
export class TopLayer {
  readonly #layer: HTMLElement;
  readonly #document: Document;
  /** The page's modal dialog that the layer is raised over. */
  #dialog: Element | undefined;

  constructor(layer: HTMLElement, document: Document) {
    this.#layer = layer;
    this.#document = document;
  }

  /** Dialogs may have opened or closed. */
  update(): void {
    const layer = this.#layer;
    const host = dom.host(dom.getRootNode(layer)) ?? layer;
    const top = [...dom.querySelectorAll(this.#document, "dialog:modal")].at(-1);
    // Whoever carries the layer may have raised it with all the rest.
    const dialog = top && dom.contains(top, host) ? undefined : top;
    if (dialog === this.#dialog || !("showPopover" in layer)) return;
    this.#dialog = dialog;
    if (dom.popover(layer)) dom.hidePopover(layer);
    dom.setPopover(layer, dialog ? "manual" : null);
    if (dialog) dom.showPopover(layer);
  }
}
