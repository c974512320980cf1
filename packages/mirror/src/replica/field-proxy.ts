import * as dom from "../core/dom.ts";

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
    if (this.#proxy && dom.activeElement(document) === this.#proxy) return;
    this.hide();
    if (source === undefined || dom.ownerDocument(source) !== dom.contentDocument(frame)) return;
    this.#source = source;
    this.#proxy = this.#make(source, id);
    dom.append(this.#surface, this.#proxy);
  }

  /** Opens the list or picker of what is under a finger, which did not hover before. False when there is none. */
  open(element: Element, frame: HTMLIFrameElement, id: number): boolean {
    if (dom.hasAttribute(element, "list")) return false;
    this.hover(element, frame, id);
    if (!this.#proxy) return false;
    dom.focus(this.#proxy);
    try {
      dom.showPicker(this.#proxy);
    } catch {
      // A browser without it opens the list by the focus and a second tap.
    }
    return true;
  }

  hide(): void {
    const proxy = this.#proxy;
    this.#proxy = undefined;
    this.#source = undefined;
    proxy && dom.remove(proxy);
  }

  #make(source: Element, id: number): Proxy {
    const box = dom.getBoundingClientRect(source);
    let { left, width } = box;
    let proxy: Proxy;
    if (dom.localName(source) === "select") proxy = this.#list(source as HTMLSelectElement, id);
    else if (picked.has(dom.type(source as HTMLInputElement)))
      proxy = this.#picker(source as HTMLInputElement, id);
    else {
      proxy = this.#suggestions(source as HTMLInputElement, id);
      left += Math.max(0, width - ARROW_PX);
      width = Math.min(width, ARROW_PX);
    }
    dom.setAttribute(proxy, "aria-label", dom.getAttribute(source, "aria-label") ?? labelOf(source));
    Object.assign(dom.style(proxy), {
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
    const proxy = dom.createElement(document, "select");
    for (const option of dom.options(source)) {
      const copy = new Option(dom.label(option));
      dom.setDisabled(copy, dom.matches(option, ":disabled"));
      dom.setHidden(copy, dom.hidden(option));
      dom.append(proxy, copy);
    }
    dom.setSelectedIndex(proxy, dom.selectedIndex(source));
    dom.addEventListener(proxy, "change", () => {
      this.#choices.select(id, [dom.selectedIndex(proxy)]);
      this.#leave(proxy);
    });
    return proxy;
  }

  #picker(source: HTMLInputElement, id: number): HTMLInputElement {
    const proxy = dom.createElement(document, "input");
    dom.setType(proxy, dom.type(source));
    for (const name of ["min", "max", "step"]) {
      const value = dom.getAttribute(source, name);
      if (value !== null) dom.setAttribute(proxy, name, value);
    }
    dom.setValue(proxy, dom.value(source));
    // Its parts are typed into one by one: the agent must see where.
    dom.addEventListener(proxy, "focus", () => {
      if (dom.type(proxy) !== "color") dom.style(proxy).opacity = "1";
    });
    dom.addEventListener(proxy, "blur", () => this.hide());
    dom.addEventListener(proxy, "input", () => this.#choices.value(id, dom.value(proxy), false));
    dom.addEventListener(proxy, "change", () => this.#choices.value(id, dom.value(proxy), true));
    return proxy;
  }

  #suggestions(source: HTMLInputElement, id: number): HTMLSelectElement {
    const proxy = dom.createElement(document, "select");
    const list = dom.list(source);
    const options = list ? [...dom.options(list)] : [];
    for (const option of options) dom.append(proxy, new Option(dom.label(option) || dom.value(option)));
    dom.setSelectedIndex(
      proxy,
      options.findIndex((option) => dom.value(option) === dom.value(source)),
    );
    dom.addEventListener(proxy, "change", () => {
      const chosen = options[dom.selectedIndex(proxy)];
      this.#choices.value(id, chosen ? dom.value(chosen) : "", true);
      this.#leave(proxy);
    });
    return proxy;
  }

  #leave(proxy: Proxy): void {
    dom.blur(proxy);
    this.hide();
  }
}

/** The control at or above an element that the agent chooses from. */
function sourceOf(element: Element): Element | undefined {
  const control = dom.closest(element, "select,input");
  if (!control || dom.matches(control, ":disabled")) return undefined;
  if (dom.localName(control) === "select") {
    const multiple = dom.multiple(control as HTMLSelectElement);
    const size = dom.size(control as HTMLSelectElement);
    return !multiple && size <= 1 ? control : undefined;
  }
  const type = dom.type(control as HTMLInputElement);
  const list = dom.list(control as HTMLInputElement);
  const readOnly = dom.readOnly(control as HTMLInputElement);
  if (readOnly) return undefined;
  return picked.has(type) || (list && dom.options(list).length > 0) ? control : undefined;
}

function labelOf(source: Element): string {
  const label = dom.labels(source)?.[0];
  return (label && dom.textContent(label))?.trim() ?? "";
}
