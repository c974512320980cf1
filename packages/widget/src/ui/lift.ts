import * as dom from "@copane/mirror/dom";
/**
 * Keeps our elements usable while a modal dialog of the page is open. Whatever stands outside of such a dialog is
 * inert, the top layer too: so the host goes into the dialog, and what it shows into the top layer, where it
 * lies at the same place of the window as before.
 */
export class Lift {
  readonly #host: HTMLElement;
  readonly #shown: HTMLElement;
  readonly #observer = new MutationObserver(() => this.#look());
  #modal: Element | undefined;

  constructor(host: HTMLElement, shown: HTMLElement) {
    this.#host = host;
    this.#shown = shown;
    // No one event tells of every dialog in every browser; each that opens takes the focus.
    for (const type of ["toggle", "focusin", "close"]) addEventListener(type, () => this.#look(), true);
    // Pages close a dialog by clicks beside what they put into it.
    for (const type of ["click", "pointerdown", "mousedown"])
      shown.addEventListener(type, (event) => {
        if (this.#modal) event.stopPropagation();
      });
    this.#look();
  }

  #look(): void {
    const modals = [...dom.querySelectorAll(document, "dialog:modal")];
    const active = dom.activeElement(document);
    const modal = (active && dom.closest(active, "dialog:modal")) ?? modals.at(-1);
    const stands = this.#host.isConnected && this.#shown.isConnected;
    if (modal === this.#modal && (stands || !modal)) return;
    this.#observer.disconnect();
    // Our elements come with the first session; before there is nothing to lift.
    if (!this.#shown.parentNode || !("showPopover" in this.#shown)) return;
    this.#modal = modal;
    const focused = this.#host.shadowRoot?.activeElement as HTMLElement | null | undefined;
    dom.append(modal ?? dom.documentElement(document), this.#host);
    this.#shown.popover = modal ? "manual" : null;
    if (modal) {
      this.#shown.showPopover();
      // A dialog may go without a word, and our elements with it.
      const changes = { subtree: true, childList: true, attributes: true, attributeFilter: ["open"] };
      this.#observer.observe(document, changes);
    }
    focused?.focus({ preventScroll: true });
  }
}
