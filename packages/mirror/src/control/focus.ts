/** The focused element, through shadow roots and iframes; the body when nothing is focused. */
export function deepActive(document: Document): Element {
  let active: Element = document.activeElement ?? document.body;
  for (;;) {
    const inner: Element | null | undefined =
      active.shadowRoot?.activeElement ??
      (active.localName === "iframe" ? innerDocument(active)?.activeElement : undefined);
    if (!inner || inner === active) return active;
    active = inner;
  }
}

const focusableSelector =
  "a[href],area[href],input,select,textarea,button,summary,iframe,[tabindex],[contenteditable=''],[contenteditable=true],audio[controls],video[controls]";

/** The element that takes the focus when `element` is pressed: itself, or the nearest focusable above. */
export function focusableAbove(element: Element): HTMLElement | undefined {
  for (let up: Element | null = element; up !== null; up = up.parentElement ?? hostOf(up)) {
    if (up.matches(focusableSelector) && !isDisabled(up)) return up as HTMLElement;
  }
  return undefined;
}

/** The element after (or before) `from` in the order of the Tab key; wraps at the ends. */
export function nextInTabOrder(from: Element, backwards: boolean): HTMLElement | undefined {
  const scope = from.ownerDocument.querySelector("dialog:modal") ?? from.ownerDocument.documentElement;
  const all = tabbable(scope);
  // Positive tabindex comes first, in its own order; the sort is stable for the rest.
  const order = (element: HTMLElement) => (element.tabIndex > 0 ? element.tabIndex : Number.MAX_SAFE_INTEGER);
  all.sort((a, b) => order(a) - order(b));
  const at = all.indexOf(from as HTMLElement);
  if (at === -1) return backwards ? all.at(-1) : all[0];
  return all[(at + (backwards ? all.length - 1 : 1)) % all.length];
}

function tabbable(scope: Element): HTMLElement[] {
  const found: HTMLElement[] = [];
  const walk = (element: Element): void => {
    if (element.matches(focusableSelector) && !isDisabled(element) && isVisible(element)) {
      if ((element as HTMLElement).tabIndex >= 0) found.push(element as HTMLElement);
    }
    for (const child of element.shadowRoot?.children ?? []) walk(child);
    for (const child of element.children) walk(child);
  };
  walk(scope);
  return found;
}

function isDisabled(element: Element): boolean {
  return element.matches(":disabled") || element.closest("[inert]") !== null;
}

function isVisible(element: Element): boolean {
  return element.checkVisibility?.({ visibilityProperty: true }) ?? element.getClientRects().length > 0;
}

function hostOf(element: Element): Element | null {
  return (element.getRootNode() as ShadowRoot).host ?? null;
}

function innerDocument(frame: Element): Document | undefined {
  try {
    return (frame as HTMLIFrameElement).contentDocument ?? undefined;
  } catch {
    return undefined;
  }
}
