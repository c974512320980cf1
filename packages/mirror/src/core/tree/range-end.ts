import * as dom from "../dom.ts";
import { ELEMENT } from "../node-types.ts";
import type { NodeTable } from "./node-table.ts";

/**
 * An end of a range as the viewers count it: the id of its node, and the offset there. Comments are not mirrored, so an
 * offset among children counts mirrored ones only. Undefined in what they do not have, and in masked text: an offset
 * would tell its length.
 */
export function rangeEnd(
  nodes: NodeTable,
  node: Node | null,
  offset: number,
): [id: number, offset: number] | undefined {
  const record = nodes.mirrored(node);
  if (!record || record.masked || record.opaque) return undefined;
  if (dom.nodeType(record.node) !== ELEMENT) return [record.id, offset];
  let count = 0;
  let child = dom.firstChild(record.node);
  for (let i = 0; i < offset && child !== null; i++, child = dom.nextSibling(child))
    if (nodes.idOf(child)) count++;
  return [record.id, count];
}
