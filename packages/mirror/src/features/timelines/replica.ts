import { handledBy } from "../../core/codec/reader.ts";
import * as dom from "../../core/dom.ts";
import type { ReplicaFeature } from "../../core/replica-feature.ts";
import type { ReplicaNodes } from "../../core/tree/replica-nodes.ts";
import { NOW, type TimelineOperations, timelineReaders } from "./wire.ts";

const TIMELINE_STEPS = 100;

/** Lets the animations in SVG stand where they stand in the page. */
export class TimelinesReplica implements ReplicaFeature, TimelineOperations {
  readonly handlers = handledBy<TimelineOperations>(this, timelineReaders);
  readonly #nodes: ReplicaNodes;

  constructor(nodes: ReplicaNodes) {
    this.#nodes = nodes;
  }

  timeline(id: number, paused: boolean, atMs: number): void {
    const svg = this.#nodes.element(id);
    this.#nodes.bounds.work(TIMELINE_STEPS);
    if (!svg || dom.localName(svg) !== "svg") return;
    if (paused) dom.pauseSvg(svg as Element as SVGSVGElement);
    else dom.unpauseSvg(svg as Element as SVGSVGElement);
    dom.setSvgTime(svg as Element as SVGSVGElement, atMs / 1_000);
  }

  begun(id: number, on: boolean, atMs: number): void {
    const animation = this.#nodes.element(id) as Element | undefined;
    this.#nodes.bounds.work(TIMELINE_STEPS);
    const svg = animation && dom.ownerSvg(animation);
    if (!svg || !/^(?:animate|animateTransform|animateMotion|set)$/.test(dom.localName(animation))) return;
    const element = animation as SVGAnimationElement;
    if (on) dom.beginSvg(element, atMs === NOW ? 0 : atMs / 1_000 - dom.svgTime(svg));
    else dom.endSvg(element, 0);
  }
}
