import * as Item from "../codec/item.ts";
import * as dom from "../dom.ts";
import { isFrame, sanitiseAttribute } from "./sanitise.ts";
import type { Namespace } from "./wire.ts";

const HTML = "http://www.w3.org/1999/xhtml";
const SVG = "http://www.w3.org/2000/svg";
const MATHML = "http://www.w3.org/1998/Math/MathML";
const XLINK = "http://www.w3.org/1999/xlink";
const XML = "http://www.w3.org/XML/1998/namespace";

/** Marks a picture that stands in for a canvas, which browsers do not show where no script may run. */
export const PICTURE = "data-copane-picture";

/** An address that is not loaded here: of a frame, for rules that ask for it, and of `oncePicture`. */
export const UNLOADED = "data-copane-src";

/** Pictures that are another one each time they are asked for: what the customer sees is the only one. */
export const oncePicture =
  /captcha|securimage|(?:verif(?:y|ication)|check|auth|valid(?:ate|ation)?)[-_]?(?:code|im(?:g|age))/i;

/** An element of the replica, without attributes. */
export function makeElement(document: Document, namespace: Namespace, tag: string): Element {
  if (namespace === Item.svg) return dom.createElementNS(document, SVG, tag);
  if (namespace === Item.mathml) return dom.createElementNS(document, MATHML, tag);
  if (tag !== "canvas") return makeHtml(document, tag);
  const picture = dom.createElement(document, "img");
  dom.setAttribute(picture, PICTURE, "");
  return picture;
}

/**
 * Parsers take names (`int,string`) that some browsers do not take from scripts: any unknown element shows
 * the same.
 */
function makeHtml(document: Document, tag: string): Element {
  try {
    // A name with capitals is another one, and unknown: XHTML and scripts have such.
    return tag === tag.toLowerCase()
      ? dom.createElement(document, tag)
      : dom.createElementNS(document, HTML, tag);
  } catch {
    return dom.createElement(document, "copane-unknown");
  }
}

/** Sets an attribute if it is one that the replica may have. */
export function setSafeAttribute(element: Element, namespace: Namespace, name: string, value: string): void {
  const safe = sanitiseAttribute(namespace, dom.localName(element), name, value);
  if (safe === undefined) return;
  // A canvas's size is what it is by itself; an image's attributes would be styles.
  if (dom.hasAttribute(element, PICTURE) && (name === "width" || name === "height")) {
    dom.setAttribute(element, `${PICTURE}-${name}`, safe);
    return;
  }
  if (name.toLowerCase() === "src" && isUnloaded(dom.localName(element), safe)) {
    dom.setAttribute(element, UNLOADED, safe);
    return;
  }
  if (name === "checked" || name === "selected") keepState(element, name);
  try {
    const prefix = namespace === Item.html ? undefined : /^(xlink|xml):/.exec(name)?.[1];
    if (prefix) dom.setAttributeNS(element, prefix === "xml" ? XML : XLINK, name, safe);
    else dom.setAttribute(element, name, safe);
  } catch {
    setParsed(element, name, safe);
  }
}

/** A name that this browser takes from markup alone (`@click`): made there, and moved. */
function setParsed(element: Element, name: string, value: string): void {
  try {
    const holder = dom.createElement(dom.ownerDocument(element) as Document, "p");
    dom.setInnerHTML(holder, `<i ${name}>`);
    const parsed = dom.firstChild(holder) as Element | null;
    const [attribute] = parsed ? dom.attributes(parsed) : [];
    if (!parsed || !attribute) return;
    dom.removeAttributeNode(parsed, attribute);
    attribute.value = value;
    dom.setAttributeNode(element, attribute);
  } catch {
    // The page looks right without it, but for rules that ask for it.
  }
}

function isUnloaded(tag: string, url: string): boolean {
  return isFrame(tag) || (tag === "img" && oncePicture.test(url));
}

/** The attribute is for stylesheets alone: a control whose state was set does not follow it. */
function keepState(control: Element, name: "checked" | "selected"): void {
  if (name === "checked") dom.setChecked(control, dom.checked(control));
  else dom.setSelected(control, dom.selected(control));
}

/** The element's shadow root, made if there is none; undefined for an element that takes none. */
export function shadowRootFor(host: Element, manual: boolean): ShadowRoot | undefined {
  try {
    const slotAssignment = manual ? "manual" : "named";
    return dom.shadowRoot(host) ?? dom.attachShadow(host, { mode: "open", slotAssignment });
  } catch {
    return undefined;
  }
}

export function namespaceIn(element: Element): Namespace {
  if (dom.namespaceURI(element) === SVG) return Item.svg;
  return dom.namespaceURI(element) === MATHML ? Item.mathml : Item.html;
}
