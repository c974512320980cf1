import * as Item from "../codec/item.ts";
import * as dom from "../dom.ts";
import { POINTED } from "../own-parts.ts";
import type { Namespace } from "./wire.ts";

/**
 * What of a page may stand in a replica. Applied at both ends: capture does not send the rest, and the
 * replica does not trust the wire. Nothing here may let a script run, a form leave or a page navigate.
 */

/** Elements that must not exist in a replica; `template` renders nothing but keeps `:nth-child` right. */
const inert = new Set(["script", "noscript", "base", "title", "template"]);

/** Elements whose content cannot be mirrored: a box of their size stands in for them. */
const boxed = new Set(["embed", "applet", "portal", "fencedframe"]);

const svgInert = new Set(["script", "handler", "listener"]);

/** Names outside of HTML; there parsers take nearly anything, and show what is in it. */
const validName = /^[a-z][-.0-9_a-z\u00b7-\u{effff}]*$/iu;
const validAttribute = /^[^\s"'<>/=]+$/;

/**
 * The tag to create at the replica: the same, `template` for what must not be there, or `div` for a box.
 */
export function mirroredTag(namespace: Namespace, tag: string): string {
  if (namespace !== Item.html) return decideTag(namespace, tag);
  let mirrored = htmlTags.get(tag);
  if (mirrored === undefined) {
    mirrored = decideTag(namespace, tag);
    // A hostile page can make up names without end.
    if (htmlTags.size < 1_000) htmlTags.set(tag, mirrored);
  }
  return mirrored;
}

/** Decided once for each name: pages have few names and many elements. */
const htmlTags = new Map<string, string>();

function decideTag(namespace: Namespace, tag: string): string {
  const lower = tag.toLowerCase();
  if (namespace !== Item.html && !validName.test(tag)) return "template";
  if (namespace === Item.svg) return svgInert.has(lower) ? "g" : tag;
  if (namespace === Item.mathml) return tag;
  if (inert.has(lower)) return "template";
  return boxed.has(lower) ? "div" : tag;
}

/** Elements with a document of their own. */
export function isFrame(tag: string): boolean {
  return tag === "iframe" || tag === "frame";
}

/** The namespace of an element, as the wire tells it. */
export function namespaceOf(element: Element): Namespace {
  switch (dom.namespaceURI(element)) {
    case "http://www.w3.org/1999/xhtml":
      return Item.html;
    case "http://www.w3.org/2000/svg":
      return Item.svg;
    case "http://www.w3.org/1998/Math/MathML":
      return Item.mathml;
    default:
      return Item.html;
  }
}

const mathNames =
  /^(?:math|m(?:action|enclose|error|frac|i|multiscripts|n|o|over|padded|phantom|prescripts|root|row|s|space|sqrt|style|sub|subsup|sup|table|td|text|tr|under|underover)|none|semantics|annotation(?:-xml)?)$/;

const { toString: writeOut } = Object.prototype;

/** Whether browsers know an element by its name, and not a script alone. */
export function isStandard(element: Element, tag: string): boolean {
  // A page may have put something else in place of `call`.
  const interfaceName: string = Reflect.apply(writeOut, element, []);
  if (interfaceName === "[object MathMLElement]") return mathNames.test(tag);
  return !tag.includes("-") && !/\[object (?:HTMLUnknown|SVG)?Element\]/.test(interfaceName);
}

/** True for `link` and `meta` elements that do not change how the page looks. */
export function isIrrelevant(element: Element, tag: string): boolean {
  if (tag === "link") return !styleRelation.test(dom.getAttribute(element, "rel") ?? "");
  return tag === "meta" && !lookMeta.test(dom.getAttribute(element, "name") ?? "");
}

const droppedAttributes = new Set([
  "srcdoc",
  "action",
  "formaction",
  "formtarget",
  "formmethod",
  "ping",
  "http-equiv",
  "autofocus",
  "autoplay",
  "nonce",
  "integrity",
  "fetchpriority",
  "sandbox",
  "allow",
  "allowfullscreen",
  "credentialless",
  "csp",
  "manifest",
  "attributionsrc",
  "popovertargetaction",
  "referrerpolicy",
  "command",
  POINTED,
]);

/** Attributes whose value is an address that the browser may load or go to. */
const urlAttributes = new Set([
  "href",
  "src",
  "xlink:href",
  "poster",
  "background",
  "data",
  "cite",
  "longdesc",
  "profile",
]);

/** Relations of `link` that change how the page looks. */
const lookMeta = /^color-scheme$/i;
const styleRelation = /(^|\s)stylesheet(\s|$)/i;

/**
 * The value that an attribute may have in a replica, or undefined when it must not be there.
 * @param namespace the element's namespace
 * @param tag the element's local name
 */
export function sanitiseAttribute(
  namespace: Namespace,
  tag: string,
  name: string,
  value: string,
): string | undefined {
  // The attributes of nearly every element: no look-ups for them.
  if (name === "class" || name === "id" || name === "style") return value;
  const lower = name.toLowerCase();
  if (lower.startsWith("on") || droppedAttributes.has(lower) || !validAttribute.test(name)) return undefined;
  if (tag === "link") return linkAttribute(lower, value);
  if (lower === "charset") return undefined;
  // Without `http-equiv`, which is dropped, only a named `meta` has an effect.
  if (tag === "meta" && lower === "name") return lookMeta.test(value) ? value : undefined;
  // Without these it shows its own content, and loads nothing.
  if (tag === "object" && /^(data|type|classid)$/.test(lower)) return undefined;
  if (lower === "crossorigin") return undefined;
  if (namespace === Item.svg && animates(tag, lower, value)) return undefined;
  if (urlAttributes.has(lower)) {
    if (safeUrl(tag, lower, value)) return value;
    // A link to a script looks like a link.
    return /^(a|area)$/.test(tag) && lower.endsWith("href") ? "about:blank" : undefined;
  }
  if (lower === "srcset" || lower === "imagesrcset")
    return /(java|vb)script:/i.test(value) ? undefined : value;
  return value;
}

function linkAttribute(name: string, value: string): string | undefined {
  switch (name) {
    case "rel":
      return relation(value);
    case "href":
      return safeUrl("link", "href", value) ? value : undefined;
    case "media":
    case "title":
    case "type":
    case "disabled":
    case "charset":
      return value;
    default:
      return name.startsWith("data-") ? value : undefined;
  }
}

/** Of a link's relations only those of a style sheet: others ask for connections and files. */
function relation(value: string): string {
  if (!styleRelation.test(value)) return "copane-dropped";
  return /(^|\s)alternate(\s|$)/i.test(value) ? "alternate stylesheet" : "stylesheet";
}

/** SVG animations can set an address or a handler after the fact. */
function animates(tag: string, name: string, value: string): boolean {
  if (name === "attributename") return /^\s*(on|(xlink:)?href)/i.test(value);
  // `values` is a list.
  return (
    /^(set|animate)$/i.test(tag) && /^(to|from|by|values)$/.test(name) && value.split(";").some(scriptUrl)
  );
}

function safeUrl(tag: string, name: string, value: string): boolean {
  if (scriptUrl(value)) return false;
  const url = compact(value);
  if (tag === "use") return !/^data:/i.test(url);
  if (/^data:/i.test(url))
    return name !== "href" || /^(image|feImage)$/.test(tag)
      ? /^data:(image|video|audio|font)\//i.test(url)
      : false;
  return true;
}

/** Browsers ignore white space and control characters in a scheme, so they must not hide one. */
function scriptUrl(value: string): boolean {
  return /^(java|vb|live)script:|^data:text\/html/i.test(compact(value));
}

function compact(value: string): string {
  let text = "";
  for (let i = 0; i < value.length && text.length < 64; i++) {
    if (value.charCodeAt(i) > 0x20) text += value[i];
  }
  return text;
}
