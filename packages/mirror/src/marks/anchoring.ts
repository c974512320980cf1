import * as dom from "../core/dom.ts";
import { textsBetween } from "./geometry.ts";
import type { Entry } from "./store.ts";
import type { MarkedCapture } from "./types.ts";
import type { Mark } from "./wire.ts";

/**
 * The nodes that a mark hangs on; undefined when it may not hang there. Text must be readable where it begins and ends;
 * strokes may point at what is masked or blocked.
 */
export function nodesOf(
  capture: MarkedCapture | undefined,
  { kind, anchor, endAnchor }: Mark,
): Node[] | undefined {
  if (!capture) return undefined;
  if (kind !== "marker" && kind !== "selection") {
    const node = capture.markableNode(anchor);
    return node && dom.nodeType(node) === Node.ELEMENT_NODE ? [node] : undefined;
  }
  const start = capture.operableNode(anchor);
  const end = capture.operableNode(endAnchor);
  if (!start || !end) return undefined;
  if (dom.nodeType(start) !== Node.TEXT_NODE || dom.nodeType(end) !== Node.TEXT_NODE) return undefined;
  return textsBetween(start as Text, end as Text).length > 0 ? [start, end] : undefined;
}

/**
 * A mark with the ids that the present capture has given its nodes, and with the time it has left; undefined when its
 * nodes are not in the mirror any more.
 */
export function withPresentIds(
  capture: MarkedCapture | undefined,
  { mark, nodes, expires }: Entry,
): Mark | undefined {
  const ids = nodes.map((node) => capture?.nearestId(node) ?? 0);
  if (!capture || ids.some((id, i) => capture.markableNode(id) !== nodes[i])) return undefined;
  const [anchor = 0, endAnchor = 0] = ids;
  const fadeMs = mark.fadeMs && Math.max(1, Math.round(expires - performance.now()));
  return { ...mark, anchor, endAnchor, fadeMs };
}
