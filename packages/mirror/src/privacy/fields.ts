import * as dom from "../core/dom.ts";
import { DOCUMENT, ELEMENT, FRAGMENT, TEXT } from "../core/node-types.ts";
import { labelsOf } from "./labels.ts";
import { LONGEST_LABEL, namesSecret } from "./words.ts";

// Kinds of input whose value is a label or a choice, not something typed in secret.
const neverTyped = new Set("submit button reset image checkbox radio range color file".split(" "));

const sensitiveAutocomplete = /^(cc-.+|one-time-code|current-password|new-password)$/;

/** Fields that hold what nobody takes for a secret, whatever stands near them. */
const ordinary = /^(?:search|email|date|datetime-local|month|week|time|hidden)$/;

/** Nodes that are looked at for the text of one label. */
const MOST_NODES = 40;

/** How far above a field the text that names it may stand: in another cell, in a wrapper's neighbour. */
const LEVELS = 3;

/** Whether something is typed into an element that shows it: what dots, labels and numbers are looked for in. */
export function isTyped(element: Element): boolean {
  const tag = dom.htmlName(element);
  return tag === "textarea" || (tag === "input" && !neverTyped.has(typeOf(element)));
}

/** Password, payment and one-time-code fields by what the markup says they are. Nothing unmasks these. */
export function isDeclaredSecret(field: Element): boolean {
  const type = typeOf(field);
  if (type === "password") return true;
  if (dom.localName(field) === "input" && neverTyped.has(type)) return false;
  const autocomplete = dom.getAttribute(field, "autocomplete")?.toLowerCase() ?? "";
  return autocomplete !== "" && autocomplete.split(/\s+/).some((token) => sensitiveAutocomplete.test(token));
}

/** Whether the page says in words that a field holds a secret: by its attributes, its label, or the text before it. */
export function isNamedSecret(field: Element): boolean {
  if (dom.localName(field) === "input" && neverTyped.has(typeOf(field))) return false;
  for (const name of ["name", "id", "placeholder", "aria-label"]) {
    if (namesSecret(dom.getAttribute(field, name) ?? "", true)) return true;
  }
  return isTyped(field) && isLabelledSecret(field);
}

/** Whether a field shows dots for what stands in it, by `-webkit-text-security`. */
export function isDrawnAsDots(field: Element): boolean {
  const document = dom.ownerDocument(field);
  const view = document && dom.defaultView(document);
  const style = view && dom.getComputedStyle(view, field);
  return !!style && !/^(none)?$/.test(style.getPropertyValue("-webkit-text-security"));
}

function isLabelledSecret(field: Element): boolean {
  if (namesSecret(dom.getAttribute(field, "title") ?? "")) return true;
  const labels = labelTexts(field);
  if (labels.some((text) => namesSecret(text))) return true;
  const box = isBox(field);
  if (box && groupTexts(field).some((text) => namesSecret(text))) return true;
  const named =
    !box &&
    (labels.length > 0 || dom.getAttribute(field, "aria-label") || dom.getAttribute(field, "placeholder"));
  if (!named && !ordinary.test(typeOf(field)) && namesSecret(neighbourText(field))) return true;
  // A component's field is called what the component is called.
  const root = dom.getRootNode(field);
  const host = dom.nodeType(root) === FRAGMENT ? dom.host(root as ShadowRoot) : undefined;
  return host !== undefined && isHostSecret(host, !named);
}

function isHostSecret(host: Element, unnamed: boolean): boolean {
  if (dom.getAttribute(host, "type")?.toLowerCase() === "password") return true;
  for (const name of ["label", "title", "name", "id", "placeholder", "aria-label"]) {
    if (namesSecret(dom.getAttribute(host, name) ?? "", true)) return true;
  }
  return [...labelTexts(host), unnamed ? neighbourText(host) : ""].some((text) => namesSecret(text));
}

/** Texts of the `label` elements, and of those that `aria-labelledby` names. */
function labelTexts(element: Element): string[] {
  const labels = isTyped(element) ? labelsOf(element) : [];
  const ids = dom.getAttribute(element, "aria-labelledby")?.trim();
  for (const id of ids ? ids.split(/\s+/) : []) {
    const label = dom.getElementById(dom.getRootNode(element), id);
    if (label) labels.push(label);
  }
  return labels.map(shortText).filter(Boolean);
}

/** The text just before a field, or just behind it where none is before; empty where it belongs to something else. */
function neighbourText(field: Element): string {
  let at: Element | null = field;
  for (let level = 0; level < LEVELS && at !== null; level++) {
    for (let before = dom.previousSibling(at); before !== null; before = dom.previousSibling(before)) {
      if (dom.nodeType(before) === ELEMENT) {
        const element = before as unknown as Element;
        if (isBoxes(element)) continue;
        if (isOthers(element)) return "";
      }
      const text = shortText(before);
      if (text) return text;
    }
    const behind = level === 0 ? dom.nextSibling(at) : null;
    if (behind !== null && dom.nodeType(behind) === TEXT) {
      const text = shortText(behind);
      if (text) return text;
    }
    at = dom.parentElement(at);
    if (at !== null && /^(?:form|body|table)$/.test(dom.localName(at))) return "";
  }
  return "";
}

/** Longest part of a code or card's number that has a field of its own. */
const MOST_IN_BOX = 4;

/** A field for a digit or few: such share the text that says what they are for. */
function isBox(field: Element): boolean {
  const most = dom.getAttribute(field, "maxlength") ?? dom.getAttribute(field, "size");
  return most !== null && dom.htmlName(field) === "input" && Number.parseInt(most, 10) <= MOST_IN_BOX;
}

/** Such fields alone, each perhaps in an element of its own. */
function isBoxes(element: Element): boolean {
  const fields = [element, ...dom.querySelectorAll(element, CONTROLS)].filter((one) =>
    dom.matches(one, CONTROLS),
  );
  return fields.length > 0 && fields.every(isBox);
}

/** What the group says that a field is in. */
function groupTexts(field: Element): string[] {
  const group = dom.closest(field, "[role=group]");
  return group ? [dom.getAttribute(group, "aria-label") ?? "", ...labelTexts(group)] : [];
}

const CONTROLS = "input,select,textarea,button";

/** A control, or what has one in it, or a heading: its text is not about the field behind it. */
function isOthers(element: Element): boolean {
  return (
    /^(?:h[1-6]|a)$/.test(dom.localName(element)) ||
    dom.matches(element, CONTROLS) ||
    dom.querySelectorAll(element, CONTROLS).length > 0
  );
}

/** The text of a node, if it is as short as labels are; longer than any label where it is not. */
function shortText(top: Node): string {
  let text = "";
  let left = MOST_NODES;
  const stack: Node[] = [top];
  for (let node = stack.pop(); node !== undefined && text.length <= LONGEST_LABEL; node = stack.pop()) {
    const type = dom.nodeType(node);
    if (type === TEXT) text += dom.data(node as Text);
    else if (type === ELEMENT && /^(?:style|script|select|textarea)$/.test(dom.localName(node as Element)))
      continue;
    else if (type === ELEMENT || type === FRAGMENT || type === DOCUMENT) {
      // What a component is given as a label stands in a slot.
      if (dom.htmlName(node) === "slot") stack.push(...dom.assignedNodes(node as HTMLSlotElement));
      for (let child = dom.lastChild(node); child !== null && left > 0; child = dom.previousSibling(child)) {
        left--;
        stack.push(child);
      }
    }
  }
  return text.trim();
}

function typeOf(field: Element): string {
  return dom.getAttribute(field, "type")?.toLowerCase() ?? "";
}
