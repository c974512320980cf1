import { Follower } from "./follower.ts";
import { type Box, boxOf, clippersOf, isCut, textBoxes } from "./geometry.ts";
import { bounds, centre, letterHeight, outline, pointsIn } from "./shapes.ts";
import type { Entry, MarkStore } from "./store.ts";
import type { MarkPage } from "./types.ts";
import { groupOf, type Mark } from "./wire.ts";

const SVG = "http://www.w3.org/2000/svg";

/** The last part of a fading mark's life, in milliseconds. */
const FADE_MS = 500;

/** How far beside a thin stroke a click still means it, in CSS pixels. */
const HIT_PX = 14;

export interface RendererOptions {
  /** Lies over the page, of the size of its viewport; takes no events itself. */
  layer: HTMLElement;
  store: MarkStore;
  page(): MarkPage | undefined;
  /** The nodes a mark hangs on, now; undefined while they are not there. */
  resolve(entry: Entry): readonly Node[] | undefined;
  isHidden(mark: Mark): boolean;
  /** Whether a click here removes the mark. */
  isRemovable(mark: Mark): boolean;
  remove(mark: Mark): void;
  /** The page's structure changed: what lies over it may have to be raised. */
  onStructure?(): void;
}

/** What stands on the layer for one mark. */
interface Drawn {
  group: SVGGElement;
  /** The mark and its measures as drawn, to see whether anything changed. */
  mark: Mark;
  shape: string;
  place: string;
  removable: boolean;
  clippers: readonly Element[];
  nodes: readonly Node[];
}

/** Draws the set of marks over a page, and keeps each where the element is that it hangs on. */
export class Renderer {
  readonly #options: RendererOptions;
  readonly #svg: SVGSVGElement;
  readonly #follower: Follower;
  readonly #drawn = new Map<Entry, Drawn>();

  constructor(options: RendererOptions) {
    this.#options = options;
    this.#svg = element("svg", {
      class: "copane-marks",
      "aria-hidden": "true",
      width: "100%",
      height: "100%",
    });
    Object.assign(this.#svg.style, {
      position: "absolute",
      inset: "0",
      overflow: "hidden",
      pointerEvents: "none",
    });
    this.#follower = new Follower({ settle: (structural) => this.#settle(structural) });
    options.layer.append(this.#svg);
  }

  /** The set, what is hidden, or the page changed. */
  update(): void {
    const page = this.#options.page();
    if (page && this.#options.store.size > 0) {
      this.#follower.start(page.window);
      this.#follower.renew();
    } else {
      this.#follower.stop();
      this.#settle(true);
    }
  }

  destroy(): void {
    this.#follower.stop();
    this.#svg.remove();
  }

  #settle(structural: boolean): boolean {
    const { store } = this.#options;
    const page = this.#options.page();
    let moved = false;
    const living = new Set<Entry>(store.all);
    for (const [entry, { group }] of this.#drawn) {
      if (living.has(entry)) continue;
      group.remove();
      this.#drawn.delete(entry);
    }
    if (!page) {
      this.#svg.replaceChildren();
      this.#drawn.clear();
      return false;
    }
    if (structural) this.#options.onStructure?.();
    const origin = this.#origin(page);
    for (const entry of living) if (this.#draw(entry, page, origin, structural)) moved = true;
    return moved;
  }

  /** Where the layer itself stands: over the page's own viewport it may be moved by the page. */
  #origin({ window }: MarkPage): { x: number; y: number } {
    if (this.#options.layer.ownerDocument !== window.document) return { x: 0, y: 0 };
    const { left, top } = this.#svg.getBoundingClientRect();
    return { x: left, y: top };
  }

  #draw(entry: Entry, page: MarkPage, origin: { x: number; y: number }, structural: boolean): boolean {
    const { mark } = entry;
    const nodes = this.#options.isHidden(mark) ? undefined : this.#options.resolve(entry);
    const drawn = this.#drawnFor(entry);
    if (!nodes?.[0]) return this.#place(drawn, "");
    if (structural || drawn.nodes !== nodes) {
      drawn.nodes = nodes;
      drawn.clippers = clippersOf(nodes[0]);
      for (const node of nodes) this.#follower.watch(node);
    }
    const boxes = boxesOf(mark, nodes, page.window);
    const [box] = boxes;
    if (!box) return this.#place(drawn, "");
    const inBox = pointsIn(mark, box);
    // Pointing goes by itself; a press on it means what lies under it.
    const removable = groupOf(mark.kind) !== "highlights" && this.#options.isRemovable(mark);
    const shape = boxes.map((one) => [one.left - box.left, one.top - box.top, one.width, one.height]).join();
    if (drawn.mark !== mark || drawn.shape !== shape || drawn.removable !== removable) {
      const recoloured = drawn.mark !== mark;
      Object.assign(drawn, { mark, shape, removable });
      drawn.group.replaceChildren(...this.#content(mark, boxes, removable));
      if (recoloured) fade(drawn.group, entry);
    }
    const about = inBox.length > 0 ? centre(mark, inBox) : { x: box.width / 2, y: box.height / 2 };
    const seen = { x: box.left + about.x, y: box.top + about.y };
    if (drawn.clippers.length > 0 && isCut(seen, drawn.clippers, page.window)) return this.#place(drawn, "");
    return this.#place(drawn, `translate(${round(box.left - origin.x)} ${round(box.top - origin.y)})`);
  }

  #place(drawn: Drawn, place: string): boolean {
    if (drawn.place === place) return false;
    drawn.place = place;
    drawn.group.style.display = place ? "" : "none";
    if (place) drawn.group.setAttribute("transform", place);
    return true;
  }

  #drawnFor(entry: Entry): Drawn {
    const known = this.#drawn.get(entry);
    if (known) return known;
    const { owner, kind } = entry.mark;
    const group = element("g", { "data-mark": kind, "data-owner": String(owner) });
    group.style.display = "none";
    this.#svg.append(group);
    const drawn: Drawn = {
      group,
      mark: undefined as never,
      shape: "",
      place: "",
      removable: false,
      clippers: [],
      nodes: [],
    };
    group.addEventListener("click", (event) => {
      event.stopPropagation();
      if (drawn.removable) this.#options.remove(entry.mark);
    });
    for (const type of ["pointerdown", "pointerup"]) {
      group.addEventListener(type, (event) => event.stopPropagation());
    }
    this.#drawn.set(entry, drawn);
    return drawn;
  }

  #content(mark: Mark, boxes: readonly Box[], removable: boolean): SVGElement[] {
    const color = `#${mark.color.toString(16).padStart(6, "0")}`;
    const [box] = boxes as [Box];
    const hit = removable ? { "pointer-events": "all", cursor: "pointer" } : { "pointer-events": "none" };
    if (groupOf(mark.kind) !== "annotations") {
      const frame = mark.kind === "element" ? elementFrame(box, color) : undefined;
      return frame ? [frame] : boxes.map((one) => textStrip(one, box, color, hit));
    }
    const points = pointsIn(mark, box);
    if (mark.kind === "text") return [note(mark, points[0] ?? { x: 0, y: 0 }, color, hit)];
    const d = outline(mark, points);
    const line = { d, fill: "none", "stroke-linecap": "round", "stroke-linejoin": "round" };
    const width = String(mark.width);
    const stroke = element("path", {
      ...line,
      stroke: color,
      "stroke-width": width,
      "pointer-events": "none",
    });
    if (!removable) return [stroke];
    const { width: wide, height: high } = bounds(points);
    const reach = Math.max(mark.width, Math.min(HIT_PX, Math.max(wide, high)));
    const target = { stroke: "transparent", "stroke-width": String(reach), "pointer-events": "stroke" };
    return [stroke, element("path", { ...line, ...target, cursor: "pointer" })];
  }
}

function boxesOf(mark: Mark, nodes: readonly Node[], root: Window): Box[] {
  if (mark.kind === "marker" || mark.kind === "selection") {
    const [start, end = start] = nodes as [Text, Text?];
    return textBoxes(start, mark.start, end as Text, mark.end, root);
  }
  const [node] = nodes;
  const anchor = node?.nodeType === Node.ELEMENT_NODE ? (node as Element) : undefined;
  if (!anchor) return [];
  const box = boxOf(anchor, root);
  // Not rendered at all: hidden, or in a closed part of the page.
  return box.width === 0 && box.height === 0 ? [] : [box];
}

function elementFrame({ width, height }: Box, color: string): SVGElement {
  return element("rect", {
    x: "-4",
    y: "-4",
    width: String(round(width + 8)),
    height: String(round(height + 8)),
    rx: "4",
    fill: color,
    "fill-opacity": "0.18",
    stroke: color,
    "stroke-width": "3",
    "pointer-events": "none",
  });
}

function textStrip(box: Box, from: Box, color: string, hit: Record<string, string>): SVGElement {
  return element("rect", {
    x: String(round(box.left - from.left)),
    y: String(round(box.top - from.top)),
    width: String(round(box.width)),
    height: String(round(box.height)),
    fill: color,
    "fill-opacity": "0.4",
    ...hit,
  });
}

function note(
  mark: Mark,
  at: { x: number; y: number },
  color: string,
  hit: Record<string, string>,
): SVGElement {
  const size = letterHeight(mark.width);
  const text = element("text", {
    x: String(round(at.x)),
    y: String(round(at.y)),
    fill: color,
    "font-size": String(size),
    "font-family": "system-ui, sans-serif",
    "font-weight": "600",
    "dominant-baseline": "hanging",
    // Readable on whatever the page has behind it.
    stroke: lightness(mark.color) > 0.6 ? "#000" : "#fff",
    "stroke-width": String(size / 6),
    "stroke-linejoin": "round",
    "paint-order": "stroke",
    ...hit,
  });
  text.textContent = mark.text;
  return text;
}

/** Goes out in its last half second; a mark that is shown late has the less of it. */
function fade(group: SVGGElement, { expires }: Entry): void {
  for (const running of group.getAnimations()) running.cancel();
  if (expires === Number.POSITIVE_INFINITY) return;
  const left = expires - performance.now();
  const duration = Math.min(FADE_MS, Math.max(left, 0));
  group.animate([{ opacity: 1 }, { opacity: 0 }], { delay: left - duration, duration, fill: "forwards" });
}

function lightness(color: number): number {
  return ((color >> 16) * 0.3 + ((color >> 8) & 255) * 0.59 + (color & 255) * 0.11) / 255;
}

function element<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Record<string, string>,
): SVGElementTagNameMap[K] {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
