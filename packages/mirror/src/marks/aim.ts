import type { Capture } from "../capture/types.ts";
import { caretAt } from "../core/caret-at.ts";
import * as dom from "../core/dom.ts";
import { elementAt } from "../replica/target.ts";
import { type Box, boxOf, type Point, textsBetween, toUnits } from "./geometry.ts";
import { bounds, centre } from "./shapes.ts";
import type { MarkPage } from "./types.ts";
import type { Mark } from "./wire.ts";

/** An element that a mark can hang on. */
export interface Anchor {
  id: number;
  element: Element;
}

/** The innermost mirrored element with an extent at a point of the page's viewport. */
export function anchorAt(page: MarkPage, { x, y }: Point, least = 1): Anchor | undefined {
  const { document } = page.window;
  let at: Element | null = elementAt(document, x, y) ?? dom.documentElement(document);
  while (at !== null) {
    const id = page.nearestId(at);
    const { width, height } = boxOf(at, page.window);
    // The nearest mirrored node is this very element when the one above has another id.
    const own =
      id !== 0 && id !== page.nearestId(dom.parentNode(at) ?? dom.host(at as unknown as ShadowRoot) ?? null);
    if (own && width >= least && height >= least) return { id, element: at };
    at = dom.parentElement(at) ?? dom.host(dom.getRootNode(at) as ShadowRoot) ?? frameOf(at, document);
  }
  return undefined;
}

/** The frame that an element's document stands in: of one of another origin nothing can be marked but the frame. */
function frameOf(element: Element, outermost: Document): Element | null {
  const document = dom.ownerDocument(element);
  const view = document === outermost ? null : dom.defaultView(document);
  return view && dom.frameElement(view);
}

/**
 * A finished stroke on what it is about (what lies in its middle, or at an arrow's head) instead of where
 * the hand began. What it hangs on is not much smaller than it: a stroke must not grow with an icon.
 */
export function reanchored(page: MarkPage, mark: Mark, path: readonly Point[]): Mark {
  const { width, height } = bounds(path);
  const anchor = anchorAt(page, centre(mark, path), Math.max(1, Math.min(width, height) / 4));
  if (!anchor) return mark;
  const points = unitsOf(path, boxOf(anchor.element, page.window));
  return points ? { ...mark, anchor: anchor.id, points } : mark;
}

export function unitsOf(path: readonly Point[], box: Box): number[] | undefined {
  const units: number[] = [];
  for (const point of path) {
    const at = toUnits(point, box);
    if (!at) return undefined;
    units.push(...at);
  }
  return units;
}

/**
 * The mirror id of what the customer clicked; 0 for our own elements and what is hidden, which stand in no
 * mirror, and for the page as a whole.
 */
export function clickedId(capture: Pick<Capture, "markableNode" | "nearestId">, target: Element): number {
  const id = capture.nearestId(target);
  return capture.markableNode(id) === target && !isWhole(target) ? id : 0;
}

/** Whether an element is the page as a whole: pointing at it points at nothing. */
export function isWhole(element: Element): boolean {
  return /^(html|body)$/.test(dom.localName(element));
}

/** A place in a text. */
export interface TextPlace {
  node: Text;
  offset: number;
}

/** The place in the text at a point of the page's viewport; undefined where there is no text. */
export function textAt(page: MarkPage, point: Point): TextPlace | undefined {
  const inner = elementAt(page.window.document, point.x, point.y);
  if (!inner) return undefined;
  const { x, y } = boxOffset(page, inner);
  const place = caretAt(inner, point.x - x, point.y - y);
  return place && dom.nodeType(place.node) === Node.TEXT_NODE ? (place as TextPlace) : undefined;
}

/** What is between two places, in document order and without white space at its ends. */
export function textRange(one: TextPlace, other: TextPlace): [TextPlace, TextPlace] | undefined {
  const order = dom.compareDocumentPosition(one.node, other.node);
  const backwards =
    one.node === other.node ? one.offset > other.offset : (order & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
  const [start, end] = backwards ? [other, one] : [one, other];
  if (start.node === end.node && start.offset === end.offset) return undefined;
  return textsBetween(start.node, end.node).length > 0 ? [start, end] : undefined;
}

/** The texts at the two ends of a DOM selection; undefined when it holds none. */
export function rangeEnds(range: Range): [TextPlace, TextPlace] | undefined {
  const { startContainer, startOffset, endContainer, endOffset } = range;
  const isText = (node: Node) => dom.nodeType(node) === Node.TEXT_NODE;
  let start: TextPlace | undefined;
  let end: TextPlace | undefined;
  const walker = dom.createTreeWalker(document, range.commonAncestorContainer, NodeFilter.SHOW_TEXT);
  let node: Node | null = isText(walker.root) ? walker.root : walker.nextNode();
  for (; node !== null; node = walker.nextNode()) {
    if (!range.intersectsNode(node)) continue;
    start ??= { node: node as Text, offset: node === startContainer ? startOffset : 0 };
    end = { node: node as Text, offset: node === endContainer ? endOffset : dom.dataLength(node as Text) };
  }
  return start && end && textRange(start, end) ? [start, end] : undefined;
}

function boxOffset(page: MarkPage, element: Element): Point {
  const { left, top } = dom.getBoundingClientRect(element);
  const box = boxOf(element, page.window);
  return { x: box.left - left, y: box.top - top };
}
