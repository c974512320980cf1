import { h } from "@copane/ui";

let counter = 0;

/** A modal dialog with a title; closing it gives the focus back to where it was. */
export class Dialog {
  readonly element: HTMLDialogElement;
  readonly #title: HTMLElement;
  readonly #body = h("div", { class: "body" });

  constructor(title: string) {
    const id = `dialog-${++counter}`;
    this.#title = h("h2", { id }, title);
    this.element = h("dialog", { "aria-labelledby": id }, this.#title, this.#body);
  }

  set title(title: string) {
    this.#title.textContent = title;
  }

  open(...content: (Node | string)[]): void {
    this.#body.replaceChildren(...content);
    if (!this.element.open) this.element.showModal();
    this.#body.querySelector<HTMLElement>("[data-autofocus]")?.focus();
  }

  close(): void {
    this.element.close();
  }
}
