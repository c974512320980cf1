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
  const { ownerDocument } = element;
  const shadowRoots: ShadowRoot[] = [];
  for (let root = element.getRootNode(); "host" in root; root = (root.host as Element).getRootNode())
    shadowRoots.push(root as ShadowRoot);
  if (ownerDocument.caretPositionFromPoint) {
    const at = ownerDocument.caretPositionFromPoint(x, y, { shadowRoots });
    return at ? { node: at.offsetNode, offset: at.offset } : undefined;
  }
  const range = ownerDocument.caretRangeFromPoint?.(x, y);
  if (!range) return undefined;
  // WebKit does not look into shadow roots.
  if (shadowRoots.length > 0 && range.startContainer.getRootNode() !== shadowRoots[0]) {
    return nearestLetter(element, x, y);
  }
  return { node: range.startContainer, offset: range.startOffset };
}

/** The place in the texts below an element that is nearest to a point, on the line that the point is on. */
function nearestLetter(element: Element, x: number, y: number): CaretPlace | undefined {
  const { ownerDocument } = element;
  const texts = ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const range = ownerDocument.createRange();
  let letters = 0;
  let best: CaretPlace | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (let node = texts.nextNode(); node && letters < MOST_LETTERS; node = texts.nextNode()) {
    const { length } = node as Text;
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
