import { h } from "@copane/ui";
import { setText } from "../dom.ts";

/** Minutes and seconds since the view was opened. */
export class Clock {
  readonly element: HTMLElement;
  readonly #since = Date.now();
  readonly #timer = setInterval(() => this.#tick(), 1_000);

  constructor(label: string) {
    this.element = h("span", { class: "clock", role: "timer", title: label, "aria-label": label });
    this.#tick();
  }

  destroy(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const seconds = Math.floor((Date.now() - this.#since) / 1_000);
    setText(this.element, `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
  }
}
