import { h } from "@copane/ui";

/** What a button opens beneath itself: a list of actions, or something to read. */
export class Popup {
  readonly element: HTMLElement;
  readonly panel: HTMLElement;
  readonly #button: HTMLButtonElement;
  readonly #abort = new AbortController();

  /** @param menu whether its content are actions, of which one closes it */
  constructor(button: HTMLButtonElement, label: string, menu: boolean, ...content: HTMLElement[]) {
    this.#button = button;
    this.panel = h(
      "div",
      {
        class: "panel",
        role: menu ? "menu" : "group",
        "aria-label": label,
        "data-apart": true,
        hidden: true,
      },
      ...content,
    );
    this.element = h("span", { class: "popup" }, button, this.panel);
    button.setAttribute("aria-expanded", "false");
    if (menu) {
      button.setAttribute("aria-haspopup", "menu");
      for (const one of content) one.setAttribute("role", "menuitem");
      this.panel.addEventListener("click", () => this.close());
    }
    button.addEventListener("click", () => (this.isOpen ? this.close() : this.#open()));
    this.element.addEventListener("keydown", (event) => this.#key(event));
    this.element.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !this.element.contains(relatedTarget as Node)) this.close(false);
    });
    const { signal } = this.#abort;
    const elsewhere = (event: Event) => {
      if (!event.composedPath().includes(this.element)) this.close(false);
    };
    window.addEventListener("pointerdown", elsewhere, { signal, capture: true });
    // A click into the customer's page takes the focus from the window.
    window.addEventListener("blur", () => this.close(false), { signal });
  }

  get isOpen(): boolean {
    return !this.panel.hidden;
  }

  /** @param back whether the focus goes back to the button, if it was in the list */
  close(back = true): void {
    if (!this.isOpen) return;
    const had = this.panel.contains((this.panel.getRootNode() as ShadowRoot).activeElement);
    this.panel.hidden = true;
    this.#button.setAttribute("aria-expanded", "false");
    if (back && had) this.#button.focus();
  }

  destroy(): void {
    this.#abort.abort();
  }

  #open(): void {
    this.panel.hidden = false;
    this.#button.setAttribute("aria-expanded", "true");
    this.#items[0]?.focus();
  }

  get #items(): HTMLElement[] {
    return [...this.panel.querySelectorAll<HTMLButtonElement>("button")].filter(
      (one) => !one.disabled && !one.hidden,
    );
  }

  #key(event: KeyboardEvent): void {
    if (event.key === "Escape" && this.isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || (!this.isOpen && event.key !== "ArrowDown")) return;
    event.preventDefault();
    event.stopPropagation();
    if (!this.isOpen) {
      this.#open();
      return;
    }
    const items = this.#items;
    const at = items.indexOf(event.target as HTMLElement);
    items[(at + step + items.length) % items.length]?.focus();
  }
}
