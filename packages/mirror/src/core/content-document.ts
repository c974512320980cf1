import { isFrame } from "./tree/sanitise.ts";

/** The document inside an iframe, an `object` or `embed`, if this page may read it. */
export function contentDocument(element: Element): Document | undefined {
  const { localName } = element;
  if (!isFrame(localName) && localName !== "object" && localName !== "embed") return undefined;
  try {
    const { contentDocument } = element as HTMLIFrameElement;
    return contentDocument ?? (element as HTMLEmbedElement).getSVGDocument?.() ?? undefined;
  } catch {
    return undefined;
  }
}
