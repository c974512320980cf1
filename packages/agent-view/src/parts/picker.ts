import { fill, h } from "@copane/ui";
import { button, setText } from "../dom.ts";
import type { Messages } from "../locales/en/view.ts";
import { type Replicated, type Target, targetAt } from "../targets.ts";

/** What the agent pointed at; "list" when they would rather choose from a list; undefined after Escape. */
export type Picked = Target | "list" | undefined;

/** A layer over the page in which the agent points at one element instead of using it. */
export class Picker {
  readonly element: HTMLElement;
  readonly #text: Messages;
  readonly #mark = h("div", { class: "picked", hidden: true });
  readonly #hint = h("span", { role: "status" });
  readonly #list: HTMLButtonElement;
  #done: ((target: Picked) => void) | undefined;
  #at: Target | undefined;

  constructor(text: Messages) {
    this.#text = text;
    this.#list = button(text.fromList, () => this.#done?.("list"));
    const cancel = button(text.cancel, () => this.#done?.(undefined));
    this.element = h(
      "div",
      { class: "picker", tabindex: "-1", "data-keys": true, hidden: true },
      this.#mark,
      h("div", { class: "hint" }, this.#hint, this.#list, cancel),
    );
  }

  /** Resolves with the target that the agent clicked, or chose by arrows and Enter. */
  pick(view: Replicated, targets: readonly Target[], how: "point" | "point or list"): Promise<Picked> {
    this.#done?.(undefined);
    this.element.hidden = false;
    this.#list.hidden = how === "point";
    this.#point(undefined, view);
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
      const at = (event: MouseEvent) =>
        event.target === this.element ? targetAt(view, targets, event.clientX, event.clientY) : undefined;
      this.element.addEventListener("pointermove", (event) => this.#point(at(event), view), { signal });
      this.element.addEventListener(
        "click",
        (event) => {
          const target = at(event);
          if (target) this.#done?.(target);
        },
        { signal },
      );
      this.element.addEventListener("keydown", (event) => this.#key(event, view, targets), { signal });
    });
  }

  cancel(): void {
    this.#done?.(undefined);
  }

  #key(event: KeyboardEvent, view: Replicated, targets: readonly Target[]): void {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (event.key === "Escape") this.#done?.(undefined);
    else if (event.key === "Enter" && event.target === this.element && this.#at) this.#done?.(this.#at);
    else if (step) {
      const at = this.#at ? targets.indexOf(this.#at) : step > 0 ? -1 : 0;
      const next = targets[(at + step + targets.length) % targets.length];
      next?.element.scrollIntoView({ block: "nearest" });
      this.#point(next, view);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #point(target: Target | undefined, { frame }: Replicated): void {
    this.#at = target;
    this.#mark.hidden = target === undefined;
    setText(this.#hint, target ? fill(this.#text.pointAtThis, { name: target.label }) : this.#text.pointHint);
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
