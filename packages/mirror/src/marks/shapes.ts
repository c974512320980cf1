import type { Box, Point } from "./geometry.ts";
import { isPath } from "./store.ts";
import { MARK_UNITS, type Mark } from "./wire.ts";

/** A mark's points in CSS pixels from the left top corner of the box it hangs on. */
export function pointsIn({ points }: Mark, { width, height }: Box): Point[] {
  const at: Point[] = [];
  for (let i = 0; i + 1 < points.length; i += 2) {
    at.push({
      x: ((points[i] as number) / MARK_UNITS) * width,
      y: ((points[i + 1] as number) / MARK_UNITS) * height,
    });
  }
  return at;
}

/** The outline of a drawn shape as SVG path data; empty for a note, which is text. */
export function outline(mark: Mark, points: readonly Point[]): string {
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last) return "";
  if (isPath(mark)) return curve(points);
  switch (mark.kind) {
    case "rectangle":
      return `M${at(first)}H${round(last.x)}V${round(last.y)}H${round(first.x)}Z`;
    case "circle": {
      const rx = round(Math.abs(last.x - first.x) / 2);
      const ry = round(Math.abs(last.y - first.y) / 2);
      const y = (first.y + last.y) / 2;
      const left = at({ x: Math.min(first.x, last.x), y });
      const right = at({ x: Math.max(first.x, last.x), y });
      return `M${left}A${rx} ${ry} 0 1 1 ${right}A${rx} ${ry} 0 1 1 ${left}Z`;
    }
    case "arrow":
      return arrow(first, last, mark.width);
    default:
      return "";
  }
}

/** What a mark is about: the middle of what is drawn, the head of an arrow, the place of a note. */
export function centre(mark: Mark, points: readonly Point[]): Point {
  const [first = { x: 0, y: 0 }] = points;
  if (mark.kind === "arrow") return points.at(-1) ?? first;
  if (mark.kind === "text") return first;
  const { left, top, width, height } = bounds(points);
  return { x: left + width / 2, y: top + height / 2 };
}

export function bounds(points: readonly Point[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { left, top, width: right - left, height: bottom - top };
}

/** Height of a note's letters for a stroke of this width, in CSS pixels. */
export function letterHeight(width: number): number {
  return 12 + width * 2;
}

/** Through the middles of its steps, so that a shaky hand draws a smooth line. */
function curve(points: readonly Point[]): string {
  const [first] = points as [Point];
  let path = `M${at(first)}`;
  for (let i = 1; i < points.length - 1; i++) {
    const here = points[i] as Point;
    const next = points[i + 1] as Point;
    path += `Q${at(here)} ${at({ x: (here.x + next.x) / 2, y: (here.y + next.y) / 2 })}`;
  }
  return `${path}L${at(points.at(-1) ?? first)}`;
}

function arrow(tail: Point, head: Point, width: number): string {
  const angle = Math.atan2(head.y - tail.y, head.x - tail.x);
  const length = Math.max(16, width * 4);
  const barb = (turn: number) =>
    at({ x: head.x - length * Math.cos(angle + turn), y: head.y - length * Math.sin(angle + turn) });
  return `M${at(tail)}L${at(head)}M${barb(0.5)}L${at(head)}L${barb(-0.5)}`;
}

function at({ x, y }: Point): string {
  return `${round(x)} ${round(y)}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
