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
    const { host = layer } = layer.getRootNode() as ShadowRoot;
    const top = [...this.#document.querySelectorAll("dialog:modal")].at(-1);
    // Whoever carries the layer may have raised it with all the rest.
    const dialog = top?.contains(host) ? undefined : top;
    if (dialog === this.#dialog || !("showPopover" in layer)) return;
    this.#dialog = dialog;
    if (layer.popover) layer.hidePopover();
    layer.popover = dialog ? "manual" : null;
    if (dialog) layer.showPopover();
  }
}
