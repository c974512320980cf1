import { h } from "./dom.ts";

const arrow = "M1 1v19l5.2-4.7 3.2 7.4 3.3-1.4-3.2-7.3h7z";

/** What the customer sees of the agent in the page: a named pointer, and a mark round what it touches. */
export class Overlay {
  readonly #layer: HTMLElement;
  readonly #pointer: HTMLElement;
  readonly #name: HTMLElement;

  constructor(layer: HTMLElement) {
    this.#layer = layer;
    this.#name = h("span");
    this.#pointer = h("div", { class: "pointer", "aria-hidden": "true" });
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 18 24");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    for (const [name, value] of Object.entries({
      d: arrow,
      fill: "#d97706",
      stroke: "#fff",
      "stroke-width": "1.5",
    })) {
      path.setAttribute(name, value);
    }
    svg.append(path);
    this.#pointer.append(svg, this.#name);
    layer.append(this.#pointer);
  }

  /** Moves the agent's pointer; without a place it disappears. */
  point(name: string, at: { x: number; y: number } | undefined): void {
    this.#pointer.style.display = at ? "block" : "none";
    if (!at) return;
    if (this.#name.textContent !== name) this.#name.textContent = name;
    this.#pointer.style.transform = `translate(${at.x}px, ${at.y}px)`;
  }

  /** Marks an element that the agent operated; the mark fades by itself. */
  touch(element: Element): void {
    const box = element.getBoundingClientRect();
    const mark = h("div", { class: "touch", "aria-hidden": "true" });
    Object.assign(mark.style, {
      left: `${box.left - 5}px`,
      top: `${box.top - 5}px`,
      width: `${box.width + 10}px`,
      height: `${box.height + 10}px`,
    });
    // One mark at a time: a burst of keys is one touch.
    this.#layer.querySelector(".touch")?.remove();
    mark.addEventListener("animationend", () => mark.remove());
    this.#layer.append(mark);
  }
}
