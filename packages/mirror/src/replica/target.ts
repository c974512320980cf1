import * as dom from "../core/dom.ts";
import type { ReplicaNodes } from "../core/tree/replica-nodes.ts";
import { isFrame } from "../core/tree/sanitise.ts";
import { parentElementOrHost } from "../core/walk.ts";

interface Point {
  x: number;
  y: number;
}

/** The innermost element at a point of a document's viewport, through shadow roots and iframes. */
export function elementAt(document: Document, x: number, y: number): Element | undefined {
  let found: Element | null = dom.elementFromPoint(document, x, y);
  for (let inner = found; inner !== null; ) {
    found = inner;
    const root: ShadowRoot | null = dom.shadowRoot(inner);
    if (root) {
      inner = dom.elementFromPoint(root, x, y);
      if (inner === found) break;
    } else if (isFrame(dom.localName(inner))) {
      const content = dom.contentDocument(inner as HTMLIFrameElement);
      const box = dom.getBoundingClientRect(inner);
      const at = { x: x - box.left - dom.clientLeft(inner), y: y - box.top - dom.clientTop(inner) };
      inner = content && elementAt(content, at.x, at.y) ? (elementAt(content, at.x, at.y) ?? null) : null;
      if (inner) return inner;
    } else break;
  }
  return found ?? undefined;
}

/**
 * The nearest mirrored element at or above `element`, and where in its box the point lies (0 to 1). With `own`, what is
 * in a subframe of another origin counts as its iframe.
 */
export function locate(
  nodes: ReplicaNodes,
  element: Element,
  point: Point,
  own = false,
): { id: number; element: Element; x: number; y: number } | undefined {
  const id = own ? nodes.nearestOwnId(element) : nodes.nearestId(element);
  const node = nodes.resolve(id);
  if ((node && dom.nodeType(node)) !== Node.ELEMENT_NODE) return undefined;
  const mirrored = node as Element;
  const box = boxInTop(mirrored);
  const x = box.width ? (point.x - box.left) / box.width : 0;
  const y = box.height ? (point.y - box.top) / box.height : 0;
  return { id, element: mirrored, x: Math.min(Math.max(x, 0), 1), y: Math.min(Math.max(y, 0), 1) };
}

/** An element's box in the coordinates of the outermost document. */
function boxInTop(element: Element): { left: number; top: number; width: number; height: number } {
  const box = dom.getBoundingClientRect(element);
  let { left, top } = box;
  let frame = frameAround(element);
  // The replica's own iframe belongs to the desk's document and is where coordinates start.
  while (frame && dom.ownerDocument(frame) !== document) {
    const outer = dom.getBoundingClientRect(frame);
    left += outer.left + dom.clientLeft(frame);
    top += outer.top + dom.clientTop(frame);
    frame = frameAround(frame);
  }
  return { left, top, width: box.width, height: box.height };
}

/** The nearest element at or above that can still scroll in the wheel's direction. */
export function scrollTarget(element: Element, dx: number, dy: number): Element | undefined {
  const ownerDocument = dom.ownerDocument(element);
  for (let up: Element | null = element; up !== null; up = parentElementOrHost(up)) {
    if (up === dom.documentElement(ownerDocument) || up === dom.body(ownerDocument)) break;
    const view = dom.defaultView(ownerDocument);
    const style = view && dom.getComputedStyle(view, up);
    const free = (overflow: string | undefined) => overflow === "auto" || overflow === "scroll";
    if (
      dy &&
      free(style?.overflowY) &&
      room(dom.scrollTop(up), dom.scrollHeight(up) - dom.clientHeight(up), dy)
    )
      return up;
    if (
      dx &&
      free(style?.overflowX) &&
      room(dom.scrollLeft(up), dom.scrollWidth(up) - dom.clientWidth(up), dx)
    )
      return up;
  }
  return dom.scrollingElement(ownerDocument) ?? undefined;
}

function room(at: number, most: number, delta: number): boolean {
  return delta < 0 ? at > 0 : at < most - 1;
}

/** The frame that an element's document stands in. */
function frameAround(element: Element): Element | null {
  const view = dom.defaultView(dom.ownerDocument(element));
  return view && dom.frameElement(view);
}
