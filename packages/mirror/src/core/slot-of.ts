import * as dom from "./dom.ts";
import { ELEMENT } from "./node-types.ts";

/**
 * The slot in which a node shows, of its parent's shadow root; undefined where it is in none.
 * @param closed closed shadow roots by their hosts: a browser does not tell what is slotted there
 */
export function slotOf(node: Node, closed: WeakMap<Element, ShadowRoot> | undefined): Element | undefined {
  const parent = dom.parentElement(node);
  const root = parent && (dom.shadowRoot(parent) ?? closed?.get(parent));
  if (!root) return undefined;
  const manual = dom.slotAssignment(root) === "manual";
  const name = dom.nodeType(node) === ELEMENT ? (dom.getAttribute(node as Element, "slot") ?? "") : "";
  for (const slot of dom.querySelectorAll(root, "slot")) {
    const here = manual
      ? dom.assignedNodes(slot as HTMLSlotElement).includes(node)
      : (dom.getAttribute(slot, "name") ?? "") === name;
    if (here) return slot;
  }
  return undefined;
}
