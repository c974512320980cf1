import * as dom from "../core/dom.ts";
import { MARK_UNITS } from "./wire.ts";

export interface Point {
  x: number;
  y: number;
}

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** More rectangles than this of one marked text are not drawn. */
const MOST_BOXES = 400;

/** Where the viewport of a node's document stands in the viewport of `root`. */
function frameOffset(node: Node, root: Window): Point {
  const at = { x: 0, y: 0 };
  let view = dom.defaultView(dom.ownerDocument(node) ?? (node as Document));
  while (view !== null && view !== root) {
    const frame: Element | null = dom.frameElement(view);
    if (frame === null) break;
    const box = dom.getBoundingClientRect(frame);
    at.x += box.left + dom.clientLeft(frame);
    at.y += box.top + dom.clientTop(frame);
    view = dom.defaultView(dom.ownerDocument(frame));
  }
  return at;
}

/** An element's box in the viewport of `root`. */
export function boxOf(element: Element, root: Window): Box {
  const { left, top, width, height } = dom.getBoundingClientRect(element);
  const offset = frameOffset(element, root);
  return { left: left + offset.x, top: top + offset.y, width, height };
}

/** A point in units of an element's box; undefined when the box has no extent. */
export function toUnits({ x, y }: Point, { left, top, width, height }: Box): [number, number] | undefined {
  if (width <= 0 || height <= 0) return undefined;
  return [Math.round(((x - left) / width) * MARK_UNITS), Math.round(((y - top) / height) * MARK_UNITS)];
}

/** The boxes of the text between two places, in the viewport of `root`. Empty when there is none. */
export function textBoxes(start: Text, from: number, end: Text, to: number, root: Window): Box[] {
  const boxes: Box[] = [];
  const ownerDocument = dom.ownerDocument(start);
  const offset = frameOffset(start, root);
  const range = dom.createRange(ownerDocument);
  for (const text of textsBetween(start, end)) {
    range.setStart(text, text === start ? Math.min(from, dom.dataLength(text)) : 0);
    range.setEnd(text, text === end ? Math.min(to, dom.dataLength(text)) : dom.dataLength(text));
    for (const { left, top, width, height } of range.getClientRects()) {
      if (width === 0 || height === 0) continue;
      boxes.push({ left: left + offset.x, top: top + offset.y, width, height });
      if (boxes.length === MOST_BOXES) return boxes;
    }
  }
  return boxes;
}

/** The text nodes from one to another in document order, both included; none when they are not of one tree. */
export function textsBetween(start: Text, end: Text): Text[] {
  const texts: Text[] = [];
  const root = dom.getRootNode(start);
  if (root !== dom.getRootNode(end)) return texts;
  if (start !== end && !(dom.compareDocumentPosition(start, end) & Node.DOCUMENT_POSITION_FOLLOWING))
    return texts;
  const walker = dom.createTreeWalker(dom.ownerDocument(start), root, NodeFilter.SHOW_TEXT);
  walker.currentNode = start;
  for (let at: Node | null = start; at !== null; at = walker.nextNode()) {
    texts.push(at as Text);
    if (at === end || texts.length > MOST_BOXES) break;
  }
  return texts;
}

/** Everything above a node that scrolls or cuts off what is in it, within the node's own document. */
export function clippersOf(node: Node): Element[] {
  const clippers: Element[] = [];
  const document = dom.ownerDocument(node);
  const view = document && dom.defaultView(document);
  let up: Node | null = node;
  while (up !== null && document && view) {
    if (dom.nodeType(up) === Node.ELEMENT_NODE && up !== dom.documentElement(document)) {
      const { overflowX, overflowY, position } = dom.getComputedStyle(view, up as Element);
      const clips = overflowX !== "visible" || overflowY !== "visible";
      // What the body cuts off, the window scrolls.
      if (clips && up !== node && up !== dom.body(document)) clippers.push(up as Element);
      if (position === "fixed") break;
    }
    up = dom.parentNode(up) ?? dom.host(up as ShadowRoot) ?? null;
  }
  return clippers;
}

/** Whether a point is cut off by what stands above its anchor. */
export function isCut({ x, y }: Point, clippers: readonly Element[], root: Window): boolean {
  return clippers.some((clipper) => {
    const { left, top, width, height } = boxOf(clipper, root);
    return x < left || y < top || x > left + width || y > top + height;
  });
}
