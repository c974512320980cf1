import * as dom from "../core/dom.ts";
import { flatParent, innerDocument, nearest } from "./tree.ts";

/** The focused element, through shadow roots and iframes; the body when nothing is focused. */
export function deepActive(document: Document): Element {
  let active: Element = (dom.activeElement(document) ??
    dom.body(document) ??
    dom.documentElement(document)) as Element;
  for (;;) {
    const root: Document | ShadowRoot | null | undefined =
      dom.shadowRoot(active) ?? (dom.localName(active) === "iframe" ? innerDocument(active) : undefined);
    const inner: Element | null | undefined = root && dom.activeElement(root);
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
    (up) => (dom.matches(up, focusableSelector) || delegates(up)) && !isDisabled(up),
  );
  return found as HTMLElement | undefined;
}

/** The element after (or before) `from` in the order of the Tab key; wraps at the ends. */
export function nextInTabOrder(from: Element, backwards: boolean): HTMLElement | undefined {
  let top = dom.ownerDocument(from);
  for (let frame = frameAround(top); frame; frame = frameAround(top)) top = dom.ownerDocument(frame);
  const modal = [...dom.querySelectorAll(dom.ownerDocument(from), "dialog:modal")].at(-1);
  const all: HTMLElement[] = [];
  collect((modal ?? dom.documentElement(top)) as Element, all, from);
  // Positive tabindex comes first, in its own order; the sort is stable for the rest.
  const order = (element: HTMLElement) =>
    dom.tabIndex(element) > 0 ? dom.tabIndex(element) : Number.MAX_SAFE_INTEGER;
  all.sort((a, b) => order(a) - order(b));
  const stops = all.filter((element) => element !== from || isStop(element) || isScroller(element));
  let at = stops.indexOf(from as HTMLElement);
  if (at === -1) {
    // A click on text puts the focus on no stop: Tab goes on from the place of the click.
    const after = stops.findIndex(
      (stop) => dom.compareDocumentPosition(from, stop) & Node.DOCUMENT_POSITION_FOLLOWING,
    );
    if (from === dom.body(dom.ownerDocument(from)) || after === -1)
      return backwards ? stops.at(-1) : stops[0];
    at = backwards ? after : after - 1;
  }
  return stops[(at + (backwards ? stops.length - 1 : 1)) % stops.length];
}

/** Whether an element hands the focus on to what is in its shadow root. */
function delegates(host: Element): boolean {
  const root = dom.shadowRoot(host);
  return root !== null && dom.delegatesFocus(root);
}

function frameAround(document: Document): Element | null {
  const view = dom.defaultView(document);
  return view && dom.frameElement(view);
}

/** Collects what Tab stops at, in the order of the rendered tree. */
function collect(element: Element, into: HTMLElement[], from: Element): void {
  const before = into.length;
  if (isStop(element) || element === from) into.push(element as HTMLElement);
  const inner = dom.localName(element) === "iframe" ? innerDocument(element) : undefined;
  const assigned = dom.localName(element) === "slot" ? dom.assignedElements(element as HTMLSlotElement) : [];
  const parent = dom.shadowRoot(element) ?? inner ?? element;
  const children = assigned.length > 0 ? assigned : childElements(parent);
  for (const child of children) collect(child, into, from);
  if (!into.slice(before).some((stop) => stop !== from || stop === element) && isScroller(element))
    into.splice(before, 0, element as HTMLElement);
}

/** What scrolls and has nothing in it that takes the focus is a stop, so that keys can scroll it. */
function isScroller(element: Element): boolean {
  const longer = dom.scrollHeight(element) > dom.clientHeight(element);
  if (!longer && dom.scrollWidth(element) <= dom.clientWidth(element)) return false;
  const document = dom.ownerDocument(element);
  const view = dom.defaultView(document);
  if (!view || element === dom.documentElement(document) || element === dom.body(document)) return false;
  if (dom.hasAttribute(element, "tabindex") || isDisabled(element) || !isVisible(element)) return false;
  const { overflowX, overflowY } = dom.getComputedStyle(view, element);
  return /auto|scroll/.test(longer ? overflowY : overflowX);
}

function childElements(parent: Node): Element[] {
  return [...dom.childNodes(parent)].filter(
    (node): node is Element => dom.nodeType(node) === Node.ELEMENT_NODE,
  );
}

export function isStop(element: Element): boolean {
  if (!dom.matches(element, focusableSelector) || dom.tabIndex(element as HTMLElement) < 0) return false;
  // The frame's document stops for it, as do a host's inner elements.
  if (dom.localName(element) === "iframe" && innerDocument(element)) return false;
  if (delegates(element) || isDisabled(element) || !isVisible(element)) return false;
  return dom.localName(element) !== "input" || isRadioStop(element as HTMLInputElement);
}

/** A group of radio buttons is one stop: the checked one. */
function isRadioStop(radio: HTMLInputElement): boolean {
  if (dom.type(radio) !== "radio" || !dom.fieldName(radio) || dom.checked(radio)) return true;
  return !radioGroup(radio).some((other) => dom.checked(other));
}

/** The radio buttons of which one can be checked. */
export function radioGroup(radio: HTMLInputElement): HTMLInputElement[] {
  const root = dom.getRootNode(radio) as Document | ShadowRoot;
  const name = dom.fieldName(radio);
  return ([...dom.querySelectorAll(root, "input[type=radio]")] as HTMLInputElement[]).filter(
    (other) => dom.fieldName(other) === name && dom.form(other) === dom.form(radio) && !isDisabled(other),
  );
}

function isDisabled(element: Element): boolean {
  if (dom.matches(element, ":disabled")) return true;
  for (let up: Element | null = element; up !== null; up = flatParent(up)) {
    if (dom.hasAttribute(up, "inert")) return true;
  }
  return false;
}

function isVisible(element: Element): boolean {
  return dom.checkVisibility(element, { visibilityProperty: true }) ?? dom.getClientRects(element).length > 0;
}
