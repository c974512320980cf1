import * as dom from "../core/dom.ts";
import type { Box } from "./geometry.ts";
import { bounds, letterHeight, outline, pointsIn } from "./shapes.ts";
import { groupOf, type Mark } from "./wire.ts";

const SVG = "http://www.w3.org/2000/svg";

/** How far beside a thin stroke a click still means it, in CSS pixels. */
const HIT_PX = 14;

/** What is drawn for a mark, from the corner of its first box. A click on what is removable has to hit it. */
export function drawingOf(mark: Mark, boxes: readonly Box[], removable: boolean): SVGElement[] {
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
  dom.setTextContent(text, mark.text);
  return text;
}

function lightness(color: number): number {
  return ((color >> 16) * 0.3 + ((color >> 8) & 255) * 0.59 + (color & 255) * 0.11) / 255;
}

/** An SVG element with attributes. */
export function element<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Record<string, string>,
): SVGElementTagNameMap[K] {
  const made = dom.createElementNS(document, SVG, tag) as SVGElementTagNameMap[K];
  for (const [name, value] of Object.entries(attributes)) dom.setAttribute(made, name, value);
  return made;
}

/** To a hundredth: more is not seen, and makes longer texts. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
