import * as dom from "../core/dom.ts";
/** The window of a node's document: events are made in its realm, so that `instanceof` holds there. */
export function realm(node: Element | Document): Window & typeof globalThis {
  const defaultView = dom.defaultView(dom.ownerDocument(node) ?? (node as Document));
  return (defaultView ?? window) as Window & typeof globalThis;
}

/** Whether a node stands in a document that is shown: an iframe that loads another leaves the former whole. */
export function isShown(node: Node): boolean {
  return dom.isConnected(node) && dom.defaultView(dom.ownerDocument(node) ?? node) !== null;
}

/** The element that holds this one as it is rendered: through slots and out of shadow roots. */
export function flatParent(element: Element): Element | null {
  return (
    dom.assignedSlot(element) ??
    dom.parentElement(element) ??
    dom.host(dom.getRootNode(element) as ShadowRoot) ??
    null
  );
}

/** The nearest element at or above that fulfils `wanted`. */
export function nearest(element: Element, wanted: (element: Element) => boolean): Element | undefined {
  for (let up: Element | null = element; up !== null; up = flatParent(up)) if (wanted(up)) return up;
  return undefined;
}

/** An element and all that holds it, up to its document. */
export function lineage(element: Element | undefined): (Element | Document)[] {
  const line: (Element | Document)[] = [];
  for (let up: Element | null = element ?? null; up !== null; up = flatParent(up)) line.push(up);
  if (element) line.push(dom.ownerDocument(element));
  return line;
}

/** The innermost element that holds both. */
export function commonAncestor(one: Element, other: Element): Element | undefined {
  const line = lineage(other);
  return lineage(one).find((up) => dom.nodeType(up) === Node.ELEMENT_NODE && line.includes(up)) as
    | Element
    | undefined;
}

/** The document of an iframe, if scripts may read it. */
export function innerDocument(frame: Element): Document | undefined {
  try {
    return dom.contentDocument(frame as HTMLIFrameElement) ?? undefined;
  } catch {
    return undefined;
  }
}

/** The document of an element, and the shadow roots that it stands in, the outermost first. */
export function rootsAround(element: Element): (Document | ShadowRoot)[] {
  const roots: (Document | ShadowRoot)[] = [];
  for (let up: Element | undefined = element; up; up = dom.host(roots[0] as Node))
    roots.unshift(dom.getRootNode(up) as Document | ShadowRoot);
  return roots;
}
