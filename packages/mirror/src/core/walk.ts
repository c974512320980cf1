/** The node above: the parent, of a shadow root its host; null at the top of a document. */
export function parentOrHost(node: Node): Node | null {
  return node.parentNode ?? (node as ShadowRoot).host ?? null;
}

/** As `parentOrHost`, and of a document the iframe that it stands in, where this page may know it. */
export function parentHostOrFrame(node: Node): Node | null {
  return parentOrHost(node) ?? (node as Document).defaultView?.frameElement ?? null;
}

/** The element above: the parent element, below a shadow root its host. */
export function parentElementOrHost(element: Element): Element | null {
  return element.parentElement ?? (element.getRootNode() as ShadowRoot).host ?? null;
}
