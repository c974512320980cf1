import type { Bounds } from "../bounds.ts";
import * as dom from "../dom.ts";
import { parentHostOrFrame } from "../walk.ts";

/** How many nodes a node stands in, through shadow roots and frames. */
export function depthOf(node: Node): number {
  let depth = 0;
  for (let up = parentHostOrFrame(node); up !== null; up = parentHostOrFrame(up)) depth++;
  return depth;
}

/**
 * How many nodes stand inside of one another from a node downwards, itself included; 1 for one without children.
 * @param visit hears of each, with its place in this row
 */
export function heightOf(
  top: Node,
  bounds: Bounds,
  visit: (node: Node, level: number) => void = () => {},
): number {
  let height = 0;
  const stack: [node: Node, level: number][] = [[top, 1]];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const [node, level] = next;
    bounds.work(1);
    height = Math.max(height, level);
    visit(node, level);
    const shadowRoot = dom.shadowRoot(node as Element);
    if (shadowRoot) stack.push([shadowRoot, level + 1]);
    for (let child = dom.firstChild(node); child !== null; child = dom.nextSibling(child))
      stack.push([child, level + 1]);
  }
  return height;
}
