import * as dom from "@copane/mirror/dom";
/**
 * Calls once a modal dialog of the page opens while the widget is shown: it makes all inert that stands outside of it.
 * @param shown the widget's own elements
 * @param opened fetches what helps; where that fails, the next dialog calls again
 */
export function onFirstModal(shown: HTMLElement, opened: () => Promise<void>): void {
  // No one event tells of every dialog in every browser; each that opens takes the focus.
  const types = ["toggle", "focusin", "close"];
  const check = () => {
    if (!shown.isConnected || !dom.querySelector(document, "dialog:modal")) return;
    for (const type of types) removeEventListener(type, check, true);
    opened().catch(() => onFirstModal(shown, opened));
  };
  for (const type of types) addEventListener(type, check, true);
}
