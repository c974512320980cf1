import * as dom from "../core/dom.ts";
import type { Moment } from "./moment.ts";
import { flatParent, nearest, rootsAround } from "./tree.ts";

const OPEN_POPOVER = ":popover-open:is([popover=''],[popover=auto],[popover=hint])";

/** What a press stands in, of what a press beside it closes. */
export interface Pressed {
  popover: Element | undefined;
  dialog: Element | undefined;
}

export function pressedIn(element: Element, moment: Moment): Pressed {
  return { popover: popoverOf(element), dialog: dialogOf(element, moment) };
}

/**
 * A press that began and ended at the same place closes the popovers and dialogs beside it that say so, as browsers do
 * for a person's press alone.
 * @param may whether the agent may operate what is closed
 */
export function dismissBeside(
  element: Element,
  moment: Moment,
  began: Pressed,
  may: (element: Element) => boolean,
): void {
  const pressed = pressedIn(element, moment);
  if (pressed.popover === began.popover) {
    const kept = new Set<Element>();
    for (let up = pressed.popover; up && !kept.has(up); up = aboveOf(up)) kept.add(up);
    for (const popover of openIn(element, OPEN_POPOVER).reverse())
      if (!kept.has(popover) && matches(popover, ":popover-open") && may(popover))
        dom.hidePopover(popover as HTMLElement);
  }
  if (pressed.dialog !== began.dialog) return;
  const top = openIn(element, "dialog[open]").at(-1);
  if (top && top !== pressed.dialog && closedBy(top) === "any" && may(top)) requestClose(top);
}

/** Closes what Escape closes in a browser: of what is open the newest popover or dialog. */
export function closeTopmost(element: Element): void {
  const popover = openIn(element, OPEN_POPOVER).at(-1);
  const dialog = openIn(element, "dialog[open]")
    .filter((one) => closedBy(one) !== "none")
    .at(-1);
  const over = popover && dialog && nearest(dialog, (up) => up === popover) !== undefined;
  if (popover && !over) dom.hidePopover(popover as HTMLElement);
  else if (dialog) requestClose(dialog);
}

function requestClose(dialog: Element): void {
  if (dom.dispatchEvent(dialog, new Event("cancel", { cancelable: true })))
    dom.closeDialog(dialog as HTMLDialogElement);
}

/** By what a person can close a dialog beside what the page itself offers. */
function closedBy(dialog: Element): string {
  const said = dom.getAttribute(dialog, "closedby")?.toLowerCase() ?? "";
  if (/^(?:any|closerequest|none)$/.test(said)) return said;
  return matches(dialog, ":modal") ? "closerequest" : "none";
}

/** Those that are open in the document and the shadow roots around an element, in the order of the document. */
function openIn(element: Element, selector: string): Element[] {
  return rootsAround(element).flatMap((root) => {
    try {
      return [...dom.querySelectorAll(root, selector)];
    } catch {
      // An older browser has none.
      return [];
    }
  });
}

/** The popover that a press in an element is in, or opens and closes by a button. */
function popoverOf(element: Element): Element | undefined {
  for (let up: Element | null = element; up; up = flatParent(up)) {
    if (matches(up, OPEN_POPOVER)) return up;
    const opened = dom.popoverTargetElement(up) ?? dom.commandForElement(up);
    if (opened && matches(opened, OPEN_POPOVER)) return opened;
  }
  return undefined;
}

/** The popover that another was opened from. */
function aboveOf(popover: Element): Element | undefined {
  const id = CSS.escape(dom.elementId(popover));
  const opener =
    id && dom.querySelector(dom.getRootNode(popover), `[popovertarget="${id}"],[commandfor="${id}"]`);
  const from = (opener || flatParent(popover)) as Element | null;
  return (
    (from ? nearest(from, (up) => matches(up, OPEN_POPOVER)) : undefined) ??
    nearest(flatParent(popover) ?? popover, (up) => up !== popover && matches(up, OPEN_POPOVER))
  );
}

/** The dialog that a point is in: its backdrop is outside, and arrives as a point at its edge. */
function dialogOf(element: Element, { clientX, clientY }: Moment): Element | undefined {
  return nearest(element, (up) => {
    if (dom.localName(up) !== "dialog" || !dom.hasAttribute(up, "open")) return false;
    if (up !== element) return true;
    const { left, right, top, bottom } = dom.getBoundingClientRect(up);
    return clientX > left && clientX < right && clientY > top && clientY < bottom;
  });
}

function matches(element: Element, selector: string): boolean {
  try {
    return dom.matches(element, selector);
  } catch {
    return false;
  }
}
