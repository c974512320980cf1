import type { CaptureFeature } from "../../core/capture-feature.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";
import * as dom from "../../core/dom.ts";
import { type ListenOptions, listen } from "../../core/guard.ts";
import type { NodeTable } from "../../core/tree/node-table.ts";
import { NOW, writeBegun, writeTimeline } from "./wire.ts";

/** A picture whose time is this far from what the viewers make of it was moved, in milliseconds. */
const MOVED_MS = 250;

/** What the viewers know of a picture: at rest its time, else when it began on our clock. */
interface Sent {
  paused: boolean;
  atMs: number;
}

/** The time that animations in SVG (`<animate>` and its like) go by, and which of them scripts began. */
export class TimelinesCapture implements CaptureFeature {
  readonly #nodes: NodeTable;
  readonly #writer: MirrorWriter;
  readonly #now: () => number;
  readonly #onChange: () => void;
  readonly #sent = new Map<SVGSVGElement, Sent | undefined>();
  /** Those that began or ended since the last look, and when. */
  readonly #pending = new Map<SVGAnimationElement, { on: boolean; atMs: number }>();

  constructor(nodes: NodeTable, writer: MirrorWriter, now: () => number, onChange: () => void) {
    this.#nodes = nodes;
    this.#writer = writer;
    this.#now = now;
    this.#onChange = onChange;
  }

  beginEpoch(): void {
    this.#sent.clear();
    this.#pending.clear();
  }

  listen(root: Document | ShadowRoot, options: ListenOptions): void {
    listen(root, ["beginEvent"], (event) => this.#happened(event, true), options);
    listen(root, ["endEvent"], (event) => this.#happened(event, false), options);
  }

  /** @param element an `<animate>` or its like */
  element(element: Element): void {
    const svg = timedBy(element);
    if (!svg) return;
    if (!this.#sent.has(svg)) this.#sent.set(svg, undefined);
    const animation = element as SVGAnimationElement;
    const atMs = waits(animation) ? beganAt(animation) : undefined;
    if (atMs !== undefined) this.#pending.set(animation, { on: true, atMs });
  }

  poll(): boolean {
    for (const [svg, sent] of this.#sent) if (this.#moved(svg, sent)) return true;
    return this.#pending.size > 0;
  }

  flush(): void {
    for (const [svg, sent] of this.#sent) {
      const id = this.#nodes.idOf(svg);
      if (!id) this.#sent.delete(svg);
      else if (this.#moved(svg, sent)) {
        this.#sent.set(svg, this.#stateOf(svg));
        writeTimeline(this.#writer, id, dom.animationsPaused(svg), dom.svgTime(svg) * 1_000);
      }
    }
    for (const [animation, { on, atMs }] of this.#pending) {
      const id = this.#nodes.idOf(animation);
      if (id) writeBegun(this.#writer, id, on, atMs);
    }
    this.#pending.clear();
  }

  #happened({ target }: Event, on: boolean): void {
    const animation = target as SVGAnimationElement;
    if (!this.#nodes.idOf(animation) || !waits(animation) || !(on || isEndless(animation))) return;
    this.#pending.set(animation, { on, atMs: NOW });
    this.#onChange();
  }

  #stateOf(svg: SVGSVGElement): Sent {
    const paused = dom.animationsPaused(svg);
    const timeMs = dom.svgTime(svg) * 1_000;
    return { paused, atMs: paused ? timeMs : timeMs - this.#now() };
  }

  #moved(svg: SVGSVGElement, sent: Sent | undefined): boolean {
    const { paused, atMs } = this.#stateOf(svg);
    return paused !== sent?.paused || Math.abs(atMs - sent.atMs) > MOVED_MS;
  }
}

/** The outermost picture around an animation: its time holds for all in it. */
function timedBy(element: Element): SVGSVGElement | undefined {
  let outermost: SVGSVGElement | undefined;
  for (let svg = dom.ownerSvg(element); svg; svg = dom.ownerSvg(svg)) outermost = svg;
  return outermost;
}

function waits(animation: Element): boolean {
  return dom.getAttribute(animation, "begin")?.includes("indefinite") === true;
}

/** The others end by themselves, at the viewers too. */
function isEndless(animation: Element): boolean {
  const [duration, count] = ["dur", "repeatCount"].map((name) => dom.getAttribute(animation, name));
  return !duration || duration === "indefinite" || count === "indefinite";
}

/** In milliseconds; undefined for one that does not run. */
function beganAt(animation: SVGAnimationElement): number | undefined {
  try {
    return dom.svgStart(animation) * 1_000;
  } catch {
    // It has not begun, or is over.
    return undefined;
  }
}
