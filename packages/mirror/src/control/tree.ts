/** The window of an element's document: events are made in its realm, so that `instanceof` holds there. */
export function realm(element: Element): Window & typeof globalThis {
  return (element.ownerDocument.defaultView ?? window) as Window & typeof globalThis;
}

/** The element that holds this one as it is rendered: through slots and out of shadow roots. */
export function flatParent(element: Element): Element | null {
  return element.assignedSlot ?? element.parentElement ?? (element.getRootNode() as ShadowRoot).host ?? null;
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
  if (element) line.push(element.ownerDocument);
  return line;
}

/** The document of an iframe, if scripts may read it. */
export function innerDocument(frame: Element): Document | undefined {
  try {
    return (frame as HTMLIFrameElement).contentDocument ?? undefined;
  } catch {
    return undefined;
  }
}
