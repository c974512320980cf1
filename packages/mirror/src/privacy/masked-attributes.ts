import * as dom from "../core/dom.ts";
import { long, withoutNames } from "./masked-styles.ts";
import type { Privacy } from "./verdict.ts";

const numbers = /^(?:auto|[-+\d.,%\s]*(?:(?:e-\d|px|em|rem|pt)[-+\d.,%\s]*)*)$/i;
const path = /^[MLHVCSQTAZmlhvcsqtaz\d\s.,+e-]*$/;
const transform = /^[\s,]*(?:(?:matrix|translate|scale|rotate|skewX|skewY)\([\d\s.,+e-]*\)[\s,]*)*$/i;
const small = /^\d{1,3}(?:\.\d{1,3})?(?:px|%|em|rem|pt)?$/;
const side = /^(?:left|right|center|middle|justify|top|bottom|baseline|start|end)$/i;

/** Kinds of fields, of buttons, and of what counts the items of a list. */
const kind =
  /^(?:text|password|email|tel|url|search|number|range|color|date|datetime-local|month|week|time|checkbox|radio|file|hidden|image|submit|button|reset|[1ai]|disc|circle|square)$/i;

/** Attributes that shape a masked element without telling what it holds, and what their values look like. */
const structural: Readonly<Record<string, RegExp>> = {
  type: kind,
  rows: numbers,
  cols: numbers,
  size: numbers,
  colspan: numbers,
  rowspan: numbers,
  width: numbers,
  height: numbers,
  viewbox: numbers,
  x: numbers,
  y: numbers,
  cx: numbers,
  cy: numbers,
  r: numbers,
  rx: numbers,
  ry: numbers,
  x1: numbers,
  x2: numbers,
  y1: numbers,
  y2: numbers,
  points: numbers,
  d: path,
  transform,
  border: small,
  cellpadding: small,
  cellspacing: small,
  span: small,
  "stroke-width": small,
  "font-size": small,
  align: side,
  valign: side,
  "text-anchor": side,
  dir: /^(?:ltr|rtl|auto)$/i,
  popover: /^(?:auto|manual|hint)?$/i,
};

/** Those that mean something by being there. */
const flags = /^(?:multiple|disabled|readonly|required|hidden|open|inert|nowrap)$/;

const names = /^(?:class|id|for|part|style|slot|name|fill|stroke|role)$/;

/** Whether viewers may hear the name of an attribute that is not there for them. In a masked place it can be a text. */
export function mayName(name: string, masked: boolean, privacy: Privacy): boolean {
  const lower = name.toLowerCase();
  const known = !masked || names.test(lower) || flags.test(lower) || structural[lower] !== undefined;
  return known && !privacy.secrets.isInName(name);
}

/** What may leave of an attribute of a masked element; undefined for nothing. */
export function maskedAttribute(
  element: Element,
  name: string,
  value: string,
  privacy: Privacy,
): string | undefined {
  const { names } = privacy;
  const lower = name.toLowerCase();
  switch (lower) {
    case "class":
      return names.outgoing(element, ".", value);
    case "id":
    case "for":
      return names.outgoing(element, "#", value);
    case "part":
      return names.outgoing(element, "::part(", value);
    case "style":
      return withoutNames(dom.style(element)?.cssText ?? "", (said) => names.ofStyle(element, said));
    case "role":
      return names.isNamed(element, '[role="', value) ? value : undefined;
    case "slot":
      return maskedSlot(element, value, privacy);
    case "name":
      return dom.localName(element) === "slot" ? names.standIn(value) : undefined;
    case "fill":
    case "stroke":
      return maskedPaint(element, value, privacy);
  }
  if (flags.test(lower)) return "";
  return structural[lower]?.test(value) && value.search(long) < 0 ? value : undefined;
}

/** A slot of a component that is not masked itself was named by who made the component. */
function maskedSlot(element: Element, value: string, privacy: Privacy): string | undefined {
  const parent = dom.parentElement(element);
  if (!parent || privacy.protects(parent)) return privacy.names.standIn(value);
  const root = dom.shadowRoot(parent);
  const named = root && dom.querySelectorAll(root, `slot[name=${CSS.escape(value)}]`).length > 0;
  return named ? value : privacy.names.standIn(value);
}

/** A colour, or the name of a gradient: as that leaves. */
function maskedPaint(element: Element, value: string, privacy: Privacy): string | undefined {
  const [, id] = /^\s*url\(["']?#([^"')]+)["']?\)/.exec(value) ?? [];
  if (id === undefined) return CSS.supports("color", value) || value === "none" ? value : undefined;
  const [target] = dom.querySelectorAll(dom.getRootNode(element), `[id=${CSS.escape(id)}]`);
  const shown = target !== undefined && !privacy.protects(target);
  return `url(#${shown ? id : privacy.names.outgoing(element, "#", id)})`;
}
