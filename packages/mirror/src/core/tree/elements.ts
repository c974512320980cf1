import * as Item from "../codec/item.ts";
import { sanitiseAttribute } from "./sanitise.ts";
import type { Namespace } from "./wire.ts";

const SVG = "http://www.w3.org/2000/svg";
const MATHML = "http://www.w3.org/1998/Math/MathML";

/** Marks a picture that stands in for a canvas, which browsers do not show where no script may run. */
export const PICTURE = "data-copane-picture";

/** An element of the replica, without attributes. */
export function makeElement(document: Document, namespace: Namespace, tag: string): Element {
  if (namespace === Item.svg) return document.createElementNS(SVG, tag);
  if (namespace === Item.mathml) return document.createElementNS(MATHML, tag);
  if (tag !== "canvas") return makeHtml(document, tag);
  const picture = document.createElement("img");
  picture.setAttribute(PICTURE, "");
  return picture;
}

/**
 * Parsers take names (`int,string`) that some browsers do not take from scripts: any unknown element shows
 * the same.
 */
function makeHtml(document: Document, tag: string): Element {
  try {
    return document.createElement(tag);
  } catch {
    return document.createElement("copane-unknown");
  }
}

/** Sets an attribute if it is one that the replica may have. */
export function setSafeAttribute(element: Element, namespace: Namespace, name: string, value: string): void {
  const safe = sanitiseAttribute(namespace, element.localName, name, value);
  if (safe === undefined) return;
  // A canvas's size is what it is by itself; an image's attributes would be styles.
  if (element.hasAttribute(PICTURE) && (name === "width" || name === "height")) {
    element.setAttribute(`${PICTURE}-${name}`, safe);
    return;
  }
  if (name === "checked" || name === "selected") keepState(element as Stateful, name);
  try {
    if (name.startsWith("xlink:")) element.setAttributeNS("http://www.w3.org/1999/xlink", name, safe);
    else element.setAttribute(name, safe);
  } catch {
    // A name that this browser's parser accepts in markup but not here: the page looks right without it.
  }
}

type Stateful = Element & { checked?: boolean; selected?: boolean };

/** The attribute is for stylesheets alone: a control whose state was set does not follow it. */
function keepState(control: Stateful, name: "checked" | "selected"): void {
  const state = control[name];
  if (state !== undefined) control[name] = state;
}

/** The element's shadow root, made if there is none; undefined for an element that takes none. */
export function shadowRootFor(host: Element): ShadowRoot | undefined {
  try {
    return host.shadowRoot ?? host.attachShadow({ mode: "open" });
  } catch {
    return undefined;
  }
}

export function namespaceIn(element: Element): Namespace {
  if (element.namespaceURI === SVG) return Item.svg;
  return element.namespaceURI === MATHML ? Item.mathml : Item.html;
}
