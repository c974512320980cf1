import * as dom from "../core/dom.ts";

/** Longest name that is read out, in UTF-16 units. */
const LONGEST = 80;

/** What a person would call the thing, if the innermost element is only a part of it. */
const things =
  "a,button,input,select,textarea,summary,label,img,figure,h1,h2,h3,h4,h5,h6,li,td,th,dt,dd,p,[role],[aria-label]";

/**
 * The accessible name of what an element is or is part of; undefined when it or what names it is not
 * `readable`. Values that somebody typed are never part of it.
 */
export function nameOf(element: Element, readable: (element: Element) => boolean): string | undefined {
  if (!readable(element)) return undefined;
  const thing = dom.closest(element, things) ?? element;
  if (!readable(thing)) return undefined;
  const root = dom.getRootNode(thing) as Document | ShadowRoot;
  const labelledBy = (dom.getAttribute(thing, "aria-labelledby") ?? "")
    .split(/\s+/)
    .map((id) => (id ? dom.getElementById(root, id) : null));
  const labels = dom.labels(thing as HTMLInputElement) ?? [];
  const sources = [
    () => labelledBy.map((one) => (one ? textOf(one, readable) : "")).join(" "),
    () => dom.getAttribute(thing, "aria-label"),
    () => [...labels].map((label) => textOf(label, readable)).join(" "),
    () => dom.getAttribute(thing, "alt"),
    () => (isPressed(thing) ? dom.value(thing as HTMLInputElement) : ""),
    () => (dom.matches(thing, "input,select,textarea") ? "" : textOf(thing, readable)),
    () => dom.getAttribute(thing, "title"),
    () => dom.getAttribute(thing, "placeholder"),
  ];
  for (const source of sources) {
    const name = source()?.replace(/\s+/g, " ").trim();
    if (name) return shorten(name);
  }
  return "";
}

export function shorten(text: string): string {
  const flat = text.replace(/\s+/g, " ").trim();
  return flat.length > LONGEST ? `${flat.slice(0, LONGEST)}…` : flat;
}

/** The text of an element without what is protected in it. */
function textOf(element: Element, readable: (element: Element) => boolean): string {
  let text = "";
  const walk = (at: Element): void => {
    if (!readable(at) || /^(script|style|select|textarea)$/.test(dom.localName(at))) return;
    for (const child of dom.childNodes(at)) {
      if (text.length > LONGEST * 2) return;
      if (dom.nodeType(child) === Node.TEXT_NODE) text += dom.data(child as Text);
      else if (dom.nodeType(child) === Node.ELEMENT_NODE) walk(child as Element);
    }
  };
  walk(element);
  return text;
}

/** Buttons made of inputs are named by their value. */
function isPressed(element: Element): boolean {
  return dom.matches(element, "input[type=submit],input[type=button],input[type=reset]");
}
