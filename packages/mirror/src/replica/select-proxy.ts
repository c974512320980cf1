/**
 * A real, unseen `<select>` over the replica's one while the agent points at it: the browser's own list
 * opens, with keyboard and screen reader, and the choice is sent by index.
 */
export class SelectProxy {
  readonly #surface: HTMLElement;
  readonly #onChoice: (id: number, indices: number[]) => void;
  #proxy: HTMLSelectElement | undefined;
  #source: Element | undefined;

  constructor(surface: HTMLElement, onChoice: (id: number, indices: number[]) => void) {
    this.#surface = surface;
    this.#onChoice = onChoice;
  }

  owns(target: EventTarget | null): boolean {
    return target !== null && target === this.#proxy;
  }

  /** The agent points at `element`; shows the proxy when that is a drop-down list. */
  hover(element: Element | undefined, frame: HTMLIFrameElement, id: number): void {
    const select = element?.closest("select") as HTMLSelectElement | null | undefined;
    const list = select && !select.multiple && select.size <= 1 && !select.disabled ? select : undefined;
    if (list === this.#source) return;
    if (this.#proxy && document.activeElement === this.#proxy) return;
    this.hide();
    if (list === undefined || list.ownerDocument !== frame.contentDocument) return;
    this.#source = list;
    this.#proxy = this.#make(list, id);
    this.#surface.append(this.#proxy);
  }

  hide(): void {
    this.#proxy?.remove();
    this.#proxy = undefined;
    this.#source = undefined;
  }

  #make(list: HTMLSelectElement, id: number): HTMLSelectElement {
    const proxy = document.createElement("select");
    for (const option of list.options) {
      const copy = new Option(option.label);
      copy.disabled = option.disabled;
      proxy.append(copy);
    }
    proxy.selectedIndex = list.selectedIndex;
    const box = list.getBoundingClientRect();
    Object.assign(proxy.style, {
      position: "absolute",
      left: `${box.left}px`,
      top: `${box.top}px`,
      width: `${box.width}px`,
      height: `${box.height}px`,
      opacity: "0",
    });
    proxy.addEventListener("change", () => {
      this.#onChoice(id, [proxy.selectedIndex]);
      proxy.blur();
      this.hide();
    });
    return proxy;
  }
}
