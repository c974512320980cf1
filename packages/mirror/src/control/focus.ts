import { flatParent, innerDocument, nearest } from "./tree.ts";

/** The focused element, through shadow roots and iframes; the body when nothing is focused. */
export function deepActive(document: Document): Element {
  let active: Element = document.activeElement ?? document.body ?? document.documentElement;
  for (;;) {
    const inner: Element | null | undefined =
      active.shadowRoot?.activeElement ??
      (active.localName === "iframe" ? innerDocument(active)?.activeElement : undefined);
    if (!inner || inner === active) return active;
    active = inner;
  }
}

const focusableSelector =
  "a[href],area[href],input,select,textarea,button,summary,iframe,[tabindex],[contenteditable]:not([contenteditable=false i]),audio[controls],video[controls]";

/** The element that takes the focus when `element` is pressed: itself, or the nearest focusable above. */
export function focusableAbove(element: Element): HTMLElement | undefined {
  const found = nearest(
    element,
    (up) => (up.matches(focusableSelector) || up.shadowRoot?.delegatesFocus === true) && !isDisabled(up),
  );
  return found as HTMLElement | undefined;
}

/** The element after (or before) `from` in the order of the Tab key; wraps at the ends. */
export function nextInTabOrder(from: Element, backwards: boolean): HTMLElement | undefined {
  let top = from.ownerDocument;
  while (top.defaultView?.frameElement) top = top.defaultView.frameElement.ownerDocument;
  const modal = [...from.ownerDocument.querySelectorAll("dialog:modal")].at(-1);
  const all: HTMLElement[] = [];
  collect(modal ?? top.documentElement, all, from);
  // Positive tabindex comes first, in its own order; the sort is stable for the rest.
  const order = (element: HTMLElement) => (element.tabIndex > 0 ? element.tabIndex : Number.MAX_SAFE_INTEGER);
  all.sort((a, b) => order(a) - order(b));
  const stops = all.filter((element) => element !== from || isStop(element));
  let at = stops.indexOf(from as HTMLElement);
  if (at === -1) {
    // From somewhere that is no stop (text that was clicked), the order goes on from there.
    const after = stops.findIndex(
      (stop) => from.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING,
    );
    if (from === from.ownerDocument.body || after === -1) return backwards ? stops.at(-1) : stops[0];
    at = backwards ? after : after - 1;
  }
  return stops[(at + (backwards ? stops.length - 1 : 1)) % stops.length];
}

/** Collects what Tab stops at, in the order of the rendered tree. */
function collect(element: Element, into: HTMLElement[], from: Element): void {
  if (isStop(element) || element === from) into.push(element as HTMLElement);
  const inner = element.localName === "iframe" ? innerDocument(element) : undefined;
  const assigned = element.localName === "slot" ? (element as HTMLSlotElement).assignedElements() : [];
  const children = assigned.length > 0 ? assigned : (element.shadowRoot ?? inner ?? element).children;
  for (const child of children) collect(child, into, from);
}

function isStop(element: Element): boolean {
  if (!element.matches(focusableSelector) || (element as HTMLElement).tabIndex < 0) return false;
  // The frame's document stops for it, as do a host's inner elements.
  if (element.localName === "iframe" && innerDocument(element)) return false;
  if (element.shadowRoot?.delegatesFocus || isDisabled(element) || !isVisible(element)) return false;
  return element.localName !== "input" || isRadioStop(element as HTMLInputElement);
}

/** A group of radio buttons is one stop: the checked one. */
function isRadioStop(radio: HTMLInputElement): boolean {
  if (radio.type !== "radio" || !radio.name || radio.checked) return true;
  return !radioGroup(radio).some((other) => other.checked);
}

/** The radio buttons of which one can be checked. */
export function radioGroup(radio: HTMLInputElement): HTMLInputElement[] {
  const root = radio.getRootNode() as Document | ShadowRoot;
  return [...root.querySelectorAll<HTMLInputElement>("input[type=radio]")].filter(
    (other) => other.name === radio.name && other.form === radio.form && !isDisabled(other),
  );
}

function isDisabled(element: Element): boolean {
  if (element.matches(":disabled")) return true;
  for (let up: Element | null = element; up !== null; up = flatParent(up)) {
    if (up.hasAttribute("inert")) return true;
  }
  return false;
}

function isVisible(element: Element): boolean {
  return element.checkVisibility?.({ visibilityProperty: true }) ?? element.getClientRects().length > 0;
}
