import { h } from "@copane/ui";
import { type Replicated, type Target, targetAt } from "../targets.ts";

/** A layer over the page in which the agent points at one element instead of using it. */
export class Picker {
  readonly element: HTMLElement;
  readonly #mark = h("div", { class: "picked", hidden: true });
  readonly #hint: HTMLElement;
  #done: ((target: Target | undefined) => void) | undefined;

  constructor(hint: string) {
    this.#hint = h("p", { class: "hint", role: "status" });
    this.element = h("div", { class: "picker", tabindex: "-1", hidden: true }, this.#mark, this.#hint);
    this.#hint.dataset.text = hint;
  }

  /** Resolves with the target that the agent clicked, or undefined after Escape. */
  pick(view: Replicated, targets: readonly Target[]): Promise<Target | undefined> {
    this.#done?.(undefined);
    this.element.hidden = false;
    this.#hint.textContent = this.#hint.dataset.text ?? "";
    this.element.focus();
    return new Promise((resolve) => {
      const abort = new AbortController();
      const { signal } = abort;
      this.#done = (target) => {
        abort.abort();
        this.#done = undefined;
        this.element.hidden = true;
        this.#mark.hidden = true;
        resolve(target);
      };
      const at = ({ clientX, clientY }: MouseEvent) => targetAt(view, targets, clientX, clientY);
      this.element.addEventListener("pointermove", (event) => this.#show(at(event), view), { signal });
      this.element.addEventListener(
        "click",
        (event) => {
          const target = at(event);
          if (target) this.#done?.(target);
        },
        { signal },
      );
      this.element.addEventListener(
        "keydown",
        (event) => {
          if (event.key === "Escape") this.#done?.(undefined);
        },
        { signal },
      );
    });
  }

  cancel(): void {
    this.#done?.(undefined);
  }

  #show(target: Target | undefined, { frame }: Replicated): void {
    this.#mark.hidden = target === undefined;
    if (!target) return;
    const outer = frame.getBoundingClientRect();
    const own = this.element.getBoundingClientRect();
    const scale = outer.width / (frame.offsetWidth || 1) || 1;
    const box = target.element.getBoundingClientRect();
    Object.assign(this.#mark.style, {
      left: `${outer.left - own.left + box.left * scale}px`,
      top: `${outer.top - own.top + box.top * scale}px`,
      width: `${box.width * scale}px`,
      height: `${box.height * scale}px`,
    });
  }
}
