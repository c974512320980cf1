import * as dom from "../../core/dom.ts";
import type { Opened } from "../../core/opened.ts";

/**
 * Elements of the top layer, those that stand over others last. No browser tells their order: where nobody saw them
 * being opened, it is found by what is in front where two of them stand, or in front of the lower one. What is in
 * front of none stays in its order.
 */
export function stacked(elements: Iterable<Element>, opened: Opened): Element[] {
  const order: Element[] = [];
  for (const element of elements) {
    const at = opened.get(element)?.at;
    const above = order.findIndex((other) => {
      const later = opened.get(other)?.at;
      return at === undefined || later === undefined ? isOver(other, element) : later > at;
    });
    order.splice(above < 0 ? order.length : above, 0, element);
  }
  return order;
}

function isOver(upper: Element, lower: Element): boolean {
  const document = dom.ownerDocument(upper);
  if (!document || document !== dom.ownerDocument(lower)) return false;
  const [one, other] = [dom.getBoundingClientRect(upper), dom.getBoundingClientRect(lower)];
  const left = Math.max(one.left, other.left);
  const right = Math.min(one.right, other.right);
  const top = Math.max(one.top, other.top);
  const bottom = Math.min(one.bottom, other.bottom);
  const apart = left >= right || top >= bottom;
  // Where they do not meet, a backdrop may be over the other.
  const x = apart ? (other.left + other.right) / 2 : (left + right) / 2;
  const y = apart ? (other.top + other.bottom) / 2 : (top + bottom) / 2;
  for (const hit of dom.elementsFromPoint(document, x, y)) {
    const inUpper = dom.contains(upper, hit);
    const inLower = dom.contains(lower, hit);
    if (inUpper && inLower) return dom.contains(lower, upper);
    if (inUpper || inLower) return inUpper;
  }
  return false;
}
