import { h } from "@copane/ui";

/** A frame round an element of the page, which follows it through scroll, resize and reflow. */
export class Ring {
  readonly element = h("div", { class: "ring", "aria-hidden": "true", hidden: true });
  readonly #moved: (box: DOMRect) => void;
  #target: Element | undefined;
  #frame = 0;

  /** @param moved told of the target's box, in the viewport's CSS pixels, whenever it is drawn */
  constructor(moved: (box: DOMRect) => void = () => {}) {
    this.#moved = moved;
  }

  /** Frames another element, or none. */
  follow(target: Element | undefined): void {
    if (target === this.#target) return;
    this.#target = target;
    cancelAnimationFrame(this.#frame);
    this.element.hidden = target === undefined;
    if (target) this.#draw();
  }

  #draw(): void {
    if (!this.#target) return;
    const box = boxInTop(this.#target);
    Object.assign(this.element.style, {
      transform: `translate(${box.left - 4}px, ${box.top - 4}px)`,
      width: `${box.width + 8}px`,
      height: `${box.height + 8}px`,
    });
    this.#moved(box);
    this.#frame = requestAnimationFrame(() => this.#draw());
  }
}

/** An element's box in the top window, through the iframes it stands in. */
function boxInTop(element: Element): DOMRect {
  const box = element.getBoundingClientRect();
  for (let frame = element.ownerDocument.defaultView?.frameElement; frame; ) {
    const outer = frame.getBoundingClientRect();
    box.x += outer.left + frame.clientLeft;
    box.y += outer.top + frame.clientTop;
    frame = frame.ownerDocument.defaultView?.frameElement;
  }
  return box;
}
