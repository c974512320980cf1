import type { ReplicaNodes } from "../core/tree/replica-nodes.ts";
import { isFrame } from "../core/tree/sanitise.ts";
import { parentElementOrHost } from "../core/walk.ts";

interface Point {
  x: number;
  y: number;
}

/** The innermost element at a point of a document's viewport, through shadow roots and iframes. */
export function elementAt(document: Document, x: number, y: number): Element | undefined {
  let found: Element | null = document.elementFromPoint(x, y);
  for (let inner = found; inner !== null; ) {
    found = inner;
    if (inner.shadowRoot) {
      inner = inner.shadowRoot.elementFromPoint(x, y);
      if (inner === found) break;
    } else if (isFrame(inner.localName)) {
      const content = (inner as HTMLIFrameElement).contentDocument;
      const box = inner.getBoundingClientRect();
      const at = { x: x - box.left - inner.clientLeft, y: y - box.top - inner.clientTop };
      inner = content && elementAt(content, at.x, at.y) ? (elementAt(content, at.x, at.y) ?? null) : null;
      if (inner) return inner;
    } else break;
  }
  return found ?? undefined;
}

/**
 * The nearest mirrored element at or above `element`, and where in its box the point lies (0 to 1). With `own`, what is
 * in a frame of another origin counts as that frame.
 */
export function locate(
  nodes: ReplicaNodes,
  element: Element,
  point: Point,
  own = false,
): { id: number; element: Element; x: number; y: number } | undefined {
  const id = own ? nodes.nearestOwnId(element) : nodes.nearestId(element);
  const node = nodes.resolve(id);
  if (node?.nodeType !== Node.ELEMENT_NODE) return undefined;
  const mirrored = node as Element;
  const box = boxInTop(mirrored);
  const x = box.width ? (point.x - box.left) / box.width : 0;
  const y = box.height ? (point.y - box.top) / box.height : 0;
  return { id, element: mirrored, x: Math.min(Math.max(x, 0), 1), y: Math.min(Math.max(y, 0), 1) };
}

/** An element's box in the coordinates of the outermost document. */
function boxInTop(element: Element): { left: number; top: number; width: number; height: number } {
  const box = element.getBoundingClientRect();
  let { left, top } = box;
  let frame = element.ownerDocument.defaultView?.frameElement;
  // The replica's own iframe belongs to the desk's document and is where coordinates start.
  while (frame && frame.ownerDocument !== document) {
    const outer = frame.getBoundingClientRect();
    left += outer.left + frame.clientLeft;
    top += outer.top + frame.clientTop;
    frame = frame.ownerDocument.defaultView?.frameElement;
  }
  return { left, top, width: box.width, height: box.height };
}

/** The nearest element at or above that can still scroll in the wheel's direction. */
export function scrollTarget(element: Element, dx: number, dy: number): Element | undefined {
  const { ownerDocument } = element;
  for (let up: Element | null = element; up !== null; up = parentElementOrHost(up)) {
    if (up === ownerDocument.documentElement || up === ownerDocument.body) break;
    const style = ownerDocument.defaultView?.getComputedStyle(up);
    const free = (overflow: string | undefined) => overflow === "auto" || overflow === "scroll";
    if (dy && free(style?.overflowY) && room(up.scrollTop, up.scrollHeight - up.clientHeight, dy)) return up;
    if (dx && free(style?.overflowX) && room(up.scrollLeft, up.scrollWidth - up.clientWidth, dx)) return up;
  }
  return ownerDocument.scrollingElement ?? undefined;
}

function room(at: number, most: number, delta: number): boolean {
  return delta < 0 ? at > 0 : at < most - 1;
}
