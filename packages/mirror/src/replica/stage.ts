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
  readonly #resize: ResizeObserver;
  readonly #label: string;
  #frame: HTMLIFrameElement;
  #viewport = { width: 1280, height: 720, clientWidth: 1280 };
  #scale = 1;
  #edge = 0;
  #zoom: "fit" | number = "fit";
  #fitTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(container: HTMLElement, label: string) {
    this.#container = container;
    this.#label = label;
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
    this.surface.append(this.layer);
    this.#cursor = cursorElement();
    this.#frame = this.#makeFrame();
    this.device.append(this.#frame, this.#cursor, this.surface);
    if (getComputedStyle(container).position === "static") container.style.position = "relative";
    container.style.overflow = "hidden";
    container.append(this.device);
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
    frame.style.visibility = "hidden";
    this.device.insertBefore(frame, this.#cursor);
    this.#size(frame);
    return frame;
  }

  /** Shows a prepared frame in place of the current one. */
  show(frame: HTMLIFrameElement): void {
    if (frame === this.#frame) return;
    this.#frame.remove();
    this.#frame = frame;
    frame.style.visibility = "";
    this.#fit();
  }

  /** The current frame is laid out but not seen. */
  veil(on: boolean): void {
    this.#frame.style.visibility = on ? "hidden" : "";
  }

  setViewport(width: number, height: number, clientWidth: number): void {
    this.#viewport = { width: bound(width), height: bound(height), clientWidth: bound(clientWidth) };
    this.#fit();
  }

  /** A fixed zoom lets the picture become larger than its place, which then scrolls. */
  setView(zoom: "fit" | number, device: boolean): void {
    this.#zoom = zoom === "fit" ? zoom : Math.min(Math.max(zoom, LEAST_ZOOM), MOST_ZOOM);
    this.#edge = device ? EDGE_PX : 0;
    this.device.style.outline = device ? `${EDGE_PX}px solid #20262e` : "";
    this.device.style.borderRadius = device ? "4px" : "";
    this.#fit();
  }

  /** Moves a picture that is larger than its place. */
  pan(left: number, top: number): void {
    this.#container.scrollBy({ left, top, behavior: "instant" });
  }

  setCursor(x: number, y: number): void {
    this.#cursor.style.display = "block";
    this.#cursor.style.transform = `translate(${x}px, ${y}px)`;
  }

  /** A point of the agent's window in the viewport's CSS pixels. */
  toViewport(clientX: number, clientY: number): { x: number; y: number } {
    const box = this.device.getBoundingClientRect();
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
    this.device.remove();
  }

  #fit(): void {
    const { width, height } = this.#viewport;
    const room = this.#container.getBoundingClientRect();
    const edge = this.#edge * 2;
    const fitting = Math.min(1, room.width / (width + edge), room.height / (height + edge)) || 1;
    this.#scale = this.#zoom === "fit" ? fitting : this.#zoom;
    this.#container.style.overflow = this.#zoom === "fit" ? "hidden" : "auto";
    const least = this.#edge * this.#scale;
    const left = Math.max(least, (room.width - width * this.#scale) / 2);
    const top = Math.max(least, (room.height - height * this.#scale) / 2);
    Object.assign(this.device.style, {
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
    frame.style.height = `${height}px`;
    const own = frame.contentDocument?.documentElement?.clientWidth;
    const bars = own ? frame.clientWidth - own : 0;
    frame.style.width = `${Math.max(width - (width - clientWidth), clientWidth) + bars}px`;
  }

  #makeFrame(): HTMLIFrameElement {
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", FRAME_SANDBOX);
    frame.title = this.#label;
    frame.tabIndex = -1;
    Object.assign(frame.style, {
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
  const made = document.createElement(tag);
  made.className = className;
  Object.assign(made.style, style);
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
  cursor.setAttribute("aria-hidden", "true");
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 18 22");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", "M1 1v17l4.6-4.2 2.9 6.7 3-1.3-2.9-6.6h6.2z");
  path.setAttribute("fill", "#111");
  path.setAttribute("stroke", "#fff");
  path.setAttribute("stroke-width", "1.4");
  svg.append(path);
  cursor.append(svg);
  return cursor;
}
