import * as dom from "./dom.ts";

/** Text beyond this many letters is not searched letter by letter. */
const MOST_LETTERS = 5_000;

/** A place for the caret: before a letter of a text, or before a child of an element. */
interface CaretPlace {
  node: Node;
  offset: number;
}

/**
 * Where in the text a point lies, in the CSS pixels of the viewport of `element`'s document; `element` is the innermost
 * one there. Of fields some browsers give no more than the field.
 */
export function caretAt(element: Element, x: number, y: number): CaretPlace | undefined {
  const ownerDocument = dom.ownerDocument(element);
  const shadowRoots: ShadowRoot[] = [];
  for (let root = dom.getRootNode(element), host = dom.host(root); host; host = dom.host(root)) {
    shadowRoots.push(root as ShadowRoot);
    root = dom.getRootNode(host);
  }
  const at = dom.caretPositionFromPoint(ownerDocument, x, y, { shadowRoots });
  if (at !== undefined) return at ? { node: at.offsetNode, offset: at.offset } : undefined;
  const range = dom.caretRangeFromPoint(ownerDocument, x, y);
  if (!range) return undefined;
  // WebKit does not look into shadow roots.
  if (shadowRoots.length > 0 && dom.getRootNode(range.startContainer) !== shadowRoots[0]) {
    return nearestLetter(element, x, y);
  }
  return { node: range.startContainer, offset: range.startOffset };
}

/** The place in the texts below an element that is nearest to a point, on the line that the point is on. */
function nearestLetter(element: Element, x: number, y: number): CaretPlace | undefined {
  const ownerDocument = dom.ownerDocument(element);
  const texts = dom.createTreeWalker(ownerDocument, element, NodeFilter.SHOW_TEXT);
  const range = dom.createRange(ownerDocument);
  let letters = 0;
  let best: CaretPlace | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (let node = texts.nextNode(); node && letters < MOST_LETTERS; node = texts.nextNode()) {
    const { length } = dom.data(node as Text);
    for (let i = 0; i < length && letters < MOST_LETTERS; i++, letters++) {
      range.setStart(node, i);
      range.setEnd(node, i + 1);
      for (const { left, right, top, bottom } of range.getClientRects()) {
        if (y < top || y > bottom) continue;
        for (const [edge, offset] of [
          [left, i],
          [right, i + 1],
        ] as const) {
          const distance = Math.abs(edge - x);
          if (distance >= least) continue;
          least = distance;
          best = { node, offset };
        }
      }
    }
  }
  return best;
}
