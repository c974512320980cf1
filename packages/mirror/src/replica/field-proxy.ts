const picked = new Set(["date", "time", "month", "week", "datetime-local", "color"]);

/** Width of the arrow by which a field shows that it has suggestions, in CSS pixels. */
const ARROW_PX = 24;

export interface Choices {
  select(id: number, indices: number[]): void;
  /** `done` is false while a colour is still being picked. */
  value(id: number, value: string, done: boolean): void;
}

type Proxy = HTMLSelectElement | HTMLInputElement;

/**
 * A real, unseen control over the replica's one while the agent points at it: the browser's own list or
 * picker opens, with keyboard and screen reader, and what was chosen is sent.
 */
export class FieldProxy {
  readonly #surface: HTMLElement;
  readonly #choices: Choices;
  #proxy: Proxy | undefined;
  #source: Element | undefined;

  constructor(surface: HTMLElement, choices: Choices) {
    this.#surface = surface;
    this.#choices = choices;
  }

  owns(target: EventTarget | null): boolean {
    return target !== null && target === this.#proxy;
  }

  /** The agent points at `element`; shows the proxy when that is chosen from rather than typed into. */
  hover(element: Element | undefined, frame: HTMLIFrameElement, id: number): void {
    const source = element && sourceOf(element);
    if (source === this.#source) return;
    if (this.#proxy && document.activeElement === this.#proxy) return;
    this.hide();
    if (source === undefined || source.ownerDocument !== frame.contentDocument) return;
    this.#source = source;
    this.#proxy = this.#make(source, id);
    this.#surface.append(this.#proxy);
  }

  /** Opens the list or picker of what is under a finger, which did not hover before. False when there is none. */
  open(element: Element, frame: HTMLIFrameElement, id: number): boolean {
    if (element.hasAttribute("list")) return false;
    this.hover(element, frame, id);
    if (!this.#proxy) return false;
    this.#proxy.focus();
    try {
      this.#proxy.showPicker();
    } catch {
      // A browser without it opens the list by the focus and a second tap.
    }
    return true;
  }

  hide(): void {
    const proxy = this.#proxy;
    this.#proxy = undefined;
    this.#source = undefined;
    proxy?.remove();
  }

  #make(source: Element, id: number): Proxy {
    const box = source.getBoundingClientRect();
    let { left, width } = box;
    let proxy: Proxy;
    if (source.localName === "select") proxy = this.#list(source as HTMLSelectElement, id);
    else if (picked.has((source as HTMLInputElement).type))
      proxy = this.#picker(source as HTMLInputElement, id);
    else {
      proxy = this.#suggestions(source as HTMLInputElement, id);
      left += Math.max(0, width - ARROW_PX);
      width = Math.min(width, ARROW_PX);
    }
    proxy.setAttribute("aria-label", source.getAttribute("aria-label") ?? labelOf(source));
    Object.assign(proxy.style, {
      position: "absolute",
      left: `${left}px`,
      top: `${box.top}px`,
      width: `${width}px`,
      height: `${box.height}px`,
      boxSizing: "border-box",
      opacity: "0",
    });
    return proxy;
  }

  #list(source: HTMLSelectElement, id: number): HTMLSelectElement {
    const proxy = document.createElement("select");
    for (const option of source.options) {
      const copy = new Option(option.label);
      copy.disabled = option.matches(":disabled");
      copy.hidden = option.hidden;
      proxy.append(copy);
    }
    proxy.selectedIndex = source.selectedIndex;
    proxy.addEventListener("change", () => {
      this.#choices.select(id, [proxy.selectedIndex]);
      this.#leave(proxy);
    });
    return proxy;
  }

  #picker(source: HTMLInputElement, id: number): HTMLInputElement {
    const proxy = document.createElement("input");
    proxy.type = source.type;
    for (const name of ["min", "max", "step"]) {
      const value = source.getAttribute(name);
      if (value !== null) proxy.setAttribute(name, value);
    }
    proxy.value = source.value;
    // Its parts are typed into one by one: the agent must see where.
    proxy.addEventListener("focus", () => {
      if (proxy.type !== "color") proxy.style.opacity = "1";
    });
    proxy.addEventListener("blur", () => this.hide());
    proxy.addEventListener("input", () => this.#choices.value(id, proxy.value, false));
    proxy.addEventListener("change", () => this.#choices.value(id, proxy.value, true));
    return proxy;
  }

  #suggestions(source: HTMLInputElement, id: number): HTMLSelectElement {
    const proxy = document.createElement("select");
    const options = [...(source.list?.options ?? [])];
    for (const option of options) proxy.append(new Option(option.label || option.value));
    proxy.selectedIndex = options.findIndex(({ value }) => value === source.value);
    proxy.addEventListener("change", () => {
      this.#choices.value(id, options[proxy.selectedIndex]?.value ?? "", true);
      this.#leave(proxy);
    });
    return proxy;
  }

  #leave(proxy: Proxy): void {
    proxy.blur();
    this.hide();
  }
}

/** The control at or above an element that the agent chooses from. */
function sourceOf(element: Element): Element | undefined {
  const control = element.closest("select,input");
  if (!control || control.matches(":disabled")) return undefined;
  if (control.localName === "select") {
    const { multiple, size } = control as HTMLSelectElement;
    return !multiple && size <= 1 ? control : undefined;
  }
  const { type, list, readOnly } = control as HTMLInputElement;
  if (readOnly) return undefined;
  return picked.has(type) || (list && list.options.length > 0) ? control : undefined;
}

function labelOf(source: Element): string {
  return (source as HTMLInputElement).labels?.[0]?.textContent?.trim() ?? "";
}
