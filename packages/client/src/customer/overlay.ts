import * as dom from "@copane/mirror/dom";

const arrow = "M1 1v19l5.2-4.7 3.2 7.4 3.3-1.4-3.2-7.3h7z";

/** The look of the layer that carries marks. */
export const marksLayerStyle = `
.marks { position: fixed; inset: 0; width: auto; height: auto; margin: 0; border: 0; padding: 0; overflow: hidden; background: none; z-index: 2147483643; pointer-events: none; }
`;

/** The look of the overlay. */
export const overlayStyle = `
.pointer { position: fixed; left: 0; top: 0; z-index: 2147483645; pointer-events: none; transition: transform 60ms linear; display: none; }
.pointer svg { display: block; width: 22px; height: 26px; filter: drop-shadow(0 1px 2px #0006); }
.pointer span { position: absolute; left: 16px; top: 20px; background: #b45309; color: #fff; font-size: 12px; font-weight: 600; padding: 2px 7px; border-radius: 6px; white-space: nowrap; max-width: 180px; overflow: hidden; text-overflow: ellipsis; }
.touch { position: fixed; z-index: 2147483645; pointer-events: none; border: 3px solid #d97706; border-radius: 6px; animation: fade 1.4s ease-out forwards; }
@keyframes fade { 60% { opacity: 1; } to { opacity: 0; } }
@media (prefers-reduced-motion: reduce) { .pointer { transition: none; } .touch { animation-timing-function: step-end; } }
`;

/** What the customer sees of the agent in the page: a named pointer, and a mark round what it touches. */
export class Overlay {
  readonly #layer: HTMLElement;
  readonly #pointer: HTMLElement;
  readonly #name: HTMLElement;

  constructor(layer: HTMLElement) {
    this.#layer = layer;
    this.#name = dom.createElement(document, "span");
    this.#pointer = unread("pointer");
    const svg = dom.createElementNS(document, "http://www.w3.org/2000/svg", "svg");
    dom.setAttribute(svg, "viewBox", "0 0 18 24");
    const path = dom.createElementNS(document, "http://www.w3.org/2000/svg", "path");
    for (const [name, value] of Object.entries({
      d: arrow,
      fill: "#d97706",
      stroke: "#fff",
      "stroke-width": "1.5",
    })) {
      dom.setAttribute(path, name, value);
    }
    dom.append(svg, path);
    dom.append(this.#pointer, svg, this.#name);
    dom.append(layer, this.#pointer);
  }

  /** Moves the agent's pointer; without a place it disappears. */
  point(name: string, at: { x: number; y: number } | undefined): void {
    dom.style(this.#pointer).display = at ? "block" : "none";
    if (!at) return;
    if (dom.textContent(this.#name) !== name) dom.setTextContent(this.#name, name);
    dom.style(this.#pointer).transform = `translate(${at.x}px, ${at.y}px)`;
  }

  /** Marks an element that the agent operated; the mark fades by itself. */
  touch(element: Element): void {
    const box = dom.getBoundingClientRect(element);
    const mark = unread("touch");
    Object.assign(dom.style(mark), {
      left: `${box.left - 5}px`,
      top: `${box.top - 5}px`,
      width: `${box.width + 10}px`,
      height: `${box.height + 10}px`,
    });
    // One mark at a time: a burst of keys is one touch.
    const former = dom.querySelector(this.#layer, ".touch");
    if (former) dom.remove(former);
    dom.addEventListener(mark, "animationend", () => dom.remove(mark));
    dom.append(this.#layer, mark);
  }
}

/** An element that is there for the eye only. */
function unread(className: string): HTMLElement {
  const element = dom.createElement(document, "div");
  dom.setClassName(element, className);
  dom.setAriaHidden(element, "true");
  return element;
}
