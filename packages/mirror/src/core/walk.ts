import * as dom from "./dom.ts";
import { DOCUMENT } from "./node-types.ts";

/** The node above: the parent, of a shadow root its host; null at the top of a document. */
export function parentOrHost(node: Node): Node | null {
  return dom.parentNode(node) ?? dom.host(node) ?? null;
}

/** As `parentOrHost`, and of a document the iframe that it stands in, where this page may know it. */
export function parentHostOrFrame(node: Node): Node | null {
  const above = parentOrHost(node);
  if (above !== null || dom.nodeType(node) !== DOCUMENT) return above;
  const view = dom.defaultView(node as Document);
  return view && dom.frameElement(view);
}

/** The element above: the parent element, below a shadow root its host. */
export function parentElementOrHost(element: Element): Element | null {
  return dom.parentElement(element) ?? dom.host(dom.getRootNode(element)) ?? null;
}
