import * as dom from "../core/dom.ts";
import { drawingOf, element, round } from "./drawing.ts";
import { Follower } from "./follower.ts";
import { type Box, boxOf, clippersOf, isCut, textBoxes } from "./geometry.ts";
import { centre, pointsIn } from "./shapes.ts";
import type { Entry, MarkStore } from "./store.ts";
import type { MarkPage } from "./types.ts";
import { groupOf, type Mark } from "./wire.ts";

/** The last part of a fading mark's life, in milliseconds. */
const FADE_MS = 500;

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
    Object.assign(dom.style(this.#svg), {
      position: "absolute",
      inset: "0",
      overflow: "hidden",
      pointerEvents: "none",
    });
    this.#follower = new Follower({ settle: (structural) => this.#settle(structural) });
    dom.append(options.layer, this.#svg);
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
    dom.remove(this.#svg);
  }

  #settle(structural: boolean): boolean {
    const { store } = this.#options;
    const page = this.#options.page();
    let moved = false;
    const living = new Set<Entry>(store.all);
    for (const [entry, { group }] of this.#drawn) {
      if (living.has(entry)) continue;
      dom.remove(group);
      this.#drawn.delete(entry);
    }
    if (!page) {
      dom.replaceChildren(this.#svg);
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
    if (dom.ownerDocument(this.#options.layer) !== window.document) return { x: 0, y: 0 };
    const { left, top } = dom.getBoundingClientRect(this.#svg);
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
      dom.replaceChildren(drawn.group, ...drawingOf(mark, boxes, removable));
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
    dom.style(drawn.group).display = place ? "" : "none";
    if (place) dom.setAttribute(drawn.group, "transform", place);
    return true;
  }

  #drawnFor(entry: Entry): Drawn {
    const known = this.#drawn.get(entry);
    if (known) return known;
    const { owner, kind } = entry.mark;
    const group = element("g", { "data-mark": kind, "data-owner": String(owner) });
    dom.style(group).display = "none";
    dom.append(this.#svg, group);
    const drawn: Drawn = {
      group,
      mark: undefined as never,
      shape: "",
      place: "",
      removable: false,
      clippers: [],
      nodes: [],
    };
    dom.addEventListener(group, "click", (event) => {
      event.stopPropagation();
      if (drawn.removable) this.#options.remove(entry.mark);
    });
    for (const type of ["pointerdown", "pointerup"]) {
      dom.addEventListener(group, type, (event) => event.stopPropagation());
    }
    this.#drawn.set(entry, drawn);
    return drawn;
  }
}

function boxesOf(mark: Mark, nodes: readonly Node[], root: Window): Box[] {
  if (mark.kind === "marker" || mark.kind === "selection") {
    const [start, end = start] = nodes as [Text, Text?];
    return textBoxes(start, mark.start, end as Text, mark.end, root);
  }
  const [node] = nodes;
  const anchor = (node && dom.nodeType(node)) === Node.ELEMENT_NODE ? (node as Element) : undefined;
  if (!anchor) return [];
  const box = boxOf(anchor, root);
  // Not rendered at all: hidden, or in a closed part of the page.
  return box.width === 0 && box.height === 0 ? [] : [box];
}

/** Goes out in its last half second; a mark that is shown late has the less of it. */
function fade(group: SVGGElement, { expires }: Entry): void {
  for (const running of dom.getElementAnimations(group)) running.cancel();
  if (expires === Number.POSITIVE_INFINITY) return;
  const left = expires - performance.now();
  const duration = Math.min(FADE_MS, Math.max(left, 0));
  dom.animate(group, [{ opacity: 1 }, { opacity: 0 }], {
    delay: left - duration,
    duration,
    fill: "forwards",
  });
}
