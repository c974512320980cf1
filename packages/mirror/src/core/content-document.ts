import * as dom from "./dom.ts";
import { isFrame } from "./tree/sanitise.ts";

/** The document inside an iframe, an `object` or `embed`, if this page may read it. */
export function contentDocument(element: Element): Document | undefined {
  const localName = dom.localName(element);
  if (!isFrame(localName) && localName !== "object" && localName !== "embed") return undefined;
  try {
    return dom.contentDocument(element) ?? dom.getSVGDocument(element) ?? undefined;
  } catch {
    return undefined;
  }
}
