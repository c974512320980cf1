import * as dom from "../../core/dom.ts";

/** Shows something that takes the focus into a replica: the agent's hands are elsewhere. */
export function keepingFocus(inReplica: Element, show: () => void): void {
  const active = activeElement();
  try {
    show();
  } finally {
    // Also where the frame has had the focus before: what is in it would have a ring that the page does not show.
    const inner = dom.activeElement(dom.ownerDocument(inReplica));
    if (inner) dom.blur(inner);
    if (active && activeElement() !== active) dom.focus(active, { preventScroll: true });
  }
}

/** What has the focus in the agent's page; the view may stand in a shadow root together with it. */
function activeElement(): HTMLElement | null {
  let element = dom.activeElement(document);
  for (let inner = element; inner; ) {
    element = inner;
    const root = dom.shadowRoot(inner);
    inner = root && dom.activeElement(root);
  }
  return element as HTMLElement | null;
}
