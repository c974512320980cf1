import * as dom from "../core/dom.ts";
import { deepActive } from "./focus.ts";

/** Text fields that the agent edited and that have not told the page of it by `change` yet. */
const pending = new WeakSet<Element>();

/** What each field held when we told the page of its change while the focus was in it. */
const told = new WeakMap<Element, string>();

type Field = HTMLInputElement | HTMLTextAreaElement;

/** The agent has edited a text field: a `change` has to come when the agent is done with it. */
export function owesChange(field: Field): void {
  if (pending.has(field)) return;
  pending.add(field);
  dom.addEventListener(field, "change", () => pending.delete(field), { once: true });
  // For edits by editing commands the browser fires `change` itself just before `blur`; for what we set it does not.
  dom.addEventListener(field, "blur", () => tellChange(field), { once: true });
}

/** Tells the page now of what the agent edited: the form is being sent. */
export function tellChange(field: Element | undefined): void {
  if (!field || !pending.delete(field)) return;
  if (deepActive(dom.ownerDocument(field)) === field) {
    told.set(field, dom.value(field as Field));
    dom.addEventListener(field, "blur", () => told.delete(field), { once: true });
  }
  dom.dispatchEvent(field, new Event("change", { bubbles: true }));
}

/**
 * The agent goes on to another element. When the focus leaves the field with that, the browser tells its change; when
 * the focus is elsewhere, or stays with the customer, we do.
 */
export function leaveField(field: Element | undefined, focusMoves: boolean): void {
  if (field && !(focusMoves && deepActive(dom.ownerDocument(field)) === field)) tellChange(field);
}

/** Whether this is the browser's own `change` for what `tellChange` has told the page already. */
export function isToldChange(event: Event): boolean {
  const field = event.composedPath()[0] as Field;
  if (event.type !== "change" || !event.isTrusted) return false;
  const value = told.get(field);
  told.delete(field);
  return value !== undefined && value === dom.value(field);
}
