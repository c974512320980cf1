import * as dom from "../core/dom.ts";
import { FRAME_SANDBOX } from "../core/tree/shell.ts";

const LEAST_ZOOM = 0.1;
const MOST_ZOOM = 4;

/** Width of the edge that makes a device of the picture, in its own pixels. */
const EDGE_PX = 14;

/**
 * Where the replica is seen: an iframe with the customer's viewport, scaled to fit the container like a
 * device preview, and over it a transparent layer that takes the agent's pointer and keys.
 */
export class Stage {
  readonly #container: HTMLElement;
  /** Holds the picture and all that lies over it. */
  readonly device: HTMLElement;
  /** Takes the agent's pointer and keys; has the viewport's size in CSS pixels before scaling. */
  readonly surface: HTMLElement;
  /** Carries what is drawn over the picture; part of the surface, so that the wheel goes through it. */
  readonly layer: HTMLElement;
  readonly #cursor: HTMLElement;
  /** Round what the customer sees of the viewport, the rest in the shade. */
  readonly #sight: HTMLElement;
  readonly #resize: ResizeObserver;
  /** Accessible name of the frame. */
  readonly label: string;
  #frame: HTMLIFrameElement;
  #viewport = { width: 1280, height: 720, clientWidth: 1280 };
  #scale = 1;
  #edge = 0;
  #zoom: "fit" | number = "fit";
  #fitTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(container: HTMLElement, label: string) {
    this.#container = container;
    this.label = label;
    this.device = element("div", "copane-device", {
      position: "absolute",
      transformOrigin: "0 0",
      background: "#fff",
    });
    this.surface = element("div", "copane-surface", {
      position: "absolute",
      inset: "0",
      touchAction: "none",
    });
    this.layer = element("div", "copane-layer", { position: "absolute", inset: "0", pointerEvents: "none" });
    const shade = element("div", "copane-shade", {
      position: "absolute",
      inset: "0",
      overflow: "hidden",
      pointerEvents: "none",
    });
    this.#sight = element("div", "copane-sight", {
      position: "absolute",
      display: "none",
      outline: "2px solid #2563eb",
      boxShadow: "0 0 0 10000px #0005",
    });
    dom.append(shade, this.#sight);
    dom.append(this.surface, shade, this.layer);
    this.#cursor = cursorElement();
    this.#frame = this.#makeFrame();
    dom.append(this.device, this.#frame, this.#cursor, this.surface);
    if (dom.getComputedStyle(window, container).position === "static")
      dom.style(container).position = "relative";
    dom.style(container).overflow = "hidden";
    dom.append(container, this.device);
    this.#resize = new ResizeObserver(() => this.#fit());
    this.#resize.observe(container);
    this.#fit();
  }

  /** How much of its size the picture is shown in. */
  get scale(): number {
    return this.#scale;
  }

  get frame(): HTMLIFrameElement {
    return this.#frame;
  }

  /** A second frame, laid out but not seen, for the next epoch. */
  prepare(): HTMLIFrameElement {
    const frame = this.#makeFrame();
    dom.style(frame).visibility = "hidden";
    dom.insertBefore(this.device, frame, this.#cursor);
    this.#size(frame);
    return frame;
  }

  /** Shows a prepared frame in place of the current one. */
  show(frame: HTMLIFrameElement): void {
    if (frame === this.#frame) return;
    dom.remove(this.#frame);
    this.#frame = frame;
    dom.style(frame).visibility = "";
    this.#fit();
  }

  /** An empty frame alone: what was in the others is let go, however much it was. */
  empty(): void {
    for (const frame of dom.querySelectorAll(this.device, "iframe")) dom.remove(frame);
    this.#frame = this.#makeFrame();
    dom.insertBefore(this.device, this.#frame, this.#cursor);
    this.#size(this.#frame);
  }

  /** The current frame is laid out but not seen. */
  veil(on: boolean): void {
    dom.style(this.#frame).visibility = on ? "hidden" : "";
  }

  setViewport(width: number, height: number, clientWidth: number): void {
    this.#viewport = { width: bound(width), height: bound(height), clientWidth: bound(clientWidth) };
    this.#fit();
  }

  /** Without width, all of the viewport is in sight. */
  setSight(left: number, top: number, width: number, height: number): void {
    Object.assign(dom.style(this.#sight), {
      display: width ? "block" : "none",
      left: `${left}px`,
      top: `${top}px`,
      width: `${width}px`,
      height: `${height}px`,
    });
  }

  /** A fixed zoom lets the picture become larger than its place, which then scrolls. */
  setView(zoom: "fit" | number, device: boolean): void {
    this.#zoom = zoom === "fit" ? zoom : Math.min(Math.max(zoom, LEAST_ZOOM), MOST_ZOOM);
    this.#edge = device ? EDGE_PX : 0;
    dom.style(this.device).outline = device ? `${EDGE_PX}px solid #20262e` : "";
    dom.style(this.device).borderRadius = device ? "4px" : "";
    this.#fit();
  }

  /** Moves a picture that is larger than its place. */
  pan(left: number, top: number): void {
    dom.scrollBy(this.#container, { left, top, behavior: "instant" });
  }

  setCursor(x: number, y: number): void {
    dom.style(this.#cursor).display = "block";
    dom.style(this.#cursor).transform = `translate(${x}px, ${y}px)`;
  }

  /** A point of the agent's window in the viewport's CSS pixels. */
  toViewport(clientX: number, clientY: number): { x: number; y: number } {
    const box = dom.getBoundingClientRect(this.device);
    return { x: (clientX - box.left) / this.#scale, y: (clientY - box.top) / this.#scale };
  }

  /** The layout changed: a scrollbar may have come or gone. */
  contentChanged(): void {
    this.#fitTimer ??= setTimeout(() => {
      this.#fitTimer = undefined;
      this.#size(this.#frame);
    }, 100);
  }

  destroy(): void {
    clearTimeout(this.#fitTimer);
    this.#resize.disconnect();
    dom.remove(this.device);
  }

  #fit(): void {
    const { width, height } = this.#viewport;
    const room = dom.getBoundingClientRect(this.#container);
    const edge = this.#edge * 2;
    const fitting = Math.min(1, room.width / (width + edge), room.height / (height + edge)) || 1;
    this.#scale = this.#zoom === "fit" ? fitting : this.#zoom;
    dom.style(this.#container).overflow = this.#zoom === "fit" ? "hidden" : "auto";
    const least = this.#edge * this.#scale;
    const left = Math.max(least, (room.width - width * this.#scale) / 2);
    const top = Math.max(least, (room.height - height * this.#scale) / 2);
    Object.assign(dom.style(this.device), {
      width: `${width}px`,
      height: `${height}px`,
      left: `${Math.floor(left)}px`,
      top: `${Math.floor(top)}px`,
      transform: this.#scale === 1 ? "" : `scale(${this.#scale})`,
    });
    this.#size(this.#frame);
  }

  /** The layout must have the customer's width whatever the two browsers' scrollbars measure. */
  #size(frame: HTMLIFrameElement): void {
    const { width, height, clientWidth } = this.#viewport;
    dom.style(frame).height = `${height}px`;
    const inner = dom.contentDocument(frame);
    const whole = inner && dom.documentElement(inner);
    const own = whole && dom.clientWidth(whole);
    const bars = own ? dom.clientWidth(frame) - own : 0;
    dom.style(frame).width = `${Math.max(width - (width - clientWidth), clientWidth) + bars}px`;
  }

  #makeFrame(): HTMLIFrameElement {
    const frame = dom.createElement(document, "iframe");
    dom.setAttribute(frame, "sandbox", FRAME_SANDBOX);
    dom.setTitle(frame, this.label);
    dom.setTabIndex(frame, -1);
    Object.assign(dom.style(frame), {
      position: "absolute",
      left: "0",
      top: "0",
      border: "0",
      background: "#fff",
    });
    return frame;
  }
}

function bound(pixels: number): number {
  return Math.min(Math.max(pixels, 100), 10_000);
}

function element(tag: string, className: string, style: Partial<CSSStyleDeclaration>): HTMLElement {
  const made = dom.createElement(document, tag as "div");
  dom.setClassName(made, className);
  Object.assign(dom.style(made), style);
  return made;
}

function cursorElement(): HTMLElement {
  const cursor = element("div", "copane-cursor", {
    position: "absolute",
    left: "0",
    top: "0",
    width: "18px",
    height: "22px",
    display: "none",
    pointerEvents: "none",
    transition: "transform 40ms linear",
  });
  dom.setAttribute(cursor, "aria-hidden", "true");
  const svg = dom.createElementNS(document, "http://www.w3.org/2000/svg", "svg");
  dom.setAttribute(svg, "viewBox", "0 0 18 22");
  const path = dom.createElementNS(document, "http://www.w3.org/2000/svg", "path");
  dom.setAttribute(path, "d", "M1 1v17l4.6-4.2 2.9 6.7 3-1.3-2.9-6.6h6.2z");
  dom.setAttribute(path, "fill", "#111");
  dom.setAttribute(path, "stroke", "#fff");
  dom.setAttribute(path, "stroke-width", "1.4");
  dom.append(svg, path);
  dom.append(cursor, svg);
  return cursor;
}
