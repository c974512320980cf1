import { getter, method, native, setter } from "./native.ts";
import { nodeType } from "./nodes.ts";

const HTML = "http://www.w3.org/1999/xhtml";

/** Properties and methods that every element has, of the names that the DOM gives them. */
export const localName = /* @__PURE__ */ getter("Element", "localName");
export const namespaceURI = /* @__PURE__ */ getter("Element", "namespaceURI");
export const assignedSlot = /* @__PURE__ */ getter("Element", "assignedSlot");
export const attributes = /* @__PURE__ */ getter("Element", "attributes");
export const getElementsByTagName = /* @__PURE__ */ method("Element", "getElementsByTagName") as (
  element: Element,
  name: string,
) => HTMLCollectionOf<Element>;
export const setClassName = /* @__PURE__ */ setter("Element", "className");

export const hasAttributes = /* @__PURE__ */ method("Element", "hasAttributes");
export const getAttributeNames = /* @__PURE__ */ method("Element", "getAttributeNames");
export const getAttribute = /* @__PURE__ */ method("Element", "getAttribute");
export const getAttributeNodeNS = /* @__PURE__ */ method("Element", "getAttributeNodeNS");
export const hasAttribute = /* @__PURE__ */ method("Element", "hasAttribute");
export const setAttribute = /* @__PURE__ */ method("Element", "setAttribute");
export const setAttributeNS = /* @__PURE__ */ method("Element", "setAttributeNS");
export const setAttributeNode = /* @__PURE__ */ method("Element", "setAttributeNode");
export const removeAttributeNode = /* @__PURE__ */ method("Element", "removeAttributeNode");
export const setInnerHTML = /* @__PURE__ */ setter("Element", "innerHTML") as (
  element: Element,
  html: string,
) => void;
export const removeAttribute = /* @__PURE__ */ method("Element", "removeAttribute");
export const toggleAttribute = /* @__PURE__ */ method("Element", "toggleAttribute");
export const attachInternals = /* @__PURE__ */ method("HTMLElement", "attachInternals");
export const attachShadow = /* @__PURE__ */ method("Element", "attachShadow");
export const matches = /* @__PURE__ */ method("Element", "matches") as (
  element: Element,
  selector: string,
) => boolean;
export const closest = /* @__PURE__ */ method("Element", "closest") as <E extends Element = Element>(
  element: Element,
  selector: string,
) => E | null;

/** Boxes, in CSS pixels. */
export const getBoundingClientRect = /* @__PURE__ */ method("Element", "getBoundingClientRect");
export const getClientRects = /* @__PURE__ */ method("Element", "getClientRects");
export const clientLeft = /* @__PURE__ */ getter("Element", "clientLeft");
export const clientTop = /* @__PURE__ */ getter("Element", "clientTop");
export const clientWidth = /* @__PURE__ */ getter("Element", "clientWidth");
export const clientHeight = /* @__PURE__ */ getter("Element", "clientHeight");
export const scrollLeft = /* @__PURE__ */ getter("Element", "scrollLeft");
export const scrollTop = /* @__PURE__ */ getter("Element", "scrollTop");
export const setScrollLeft = /* @__PURE__ */ setter("Element", "scrollLeft");
export const setScrollTop = /* @__PURE__ */ setter("Element", "scrollTop");
export const scrollWidth = /* @__PURE__ */ getter("Element", "scrollWidth");
export const scrollHeight = /* @__PURE__ */ getter("Element", "scrollHeight");
export const scrollTo = /* @__PURE__ */ method("Element", "scrollTo") as (
  element: Element,
  options: ScrollToOptions,
) => void;
export const scrollBy = /* @__PURE__ */ method("Element", "scrollBy") as typeof scrollTo;
export const checkVisibility = /* @__PURE__ */ method("Element", "checkVisibility");
export const offsetWidth = /* @__PURE__ */ getter("HTMLElement", "offsetWidth");
export const offsetHeight = /* @__PURE__ */ getter("HTMLElement", "offsetHeight");

export const getElementAnimations = /* @__PURE__ */ method("Element", "getAnimations");
export const animate = /* @__PURE__ */ method("Element", "animate");
export const setPointerCapture = /* @__PURE__ */ method("Element", "setPointerCapture");
export const setAriaHidden = /* @__PURE__ */ setter("Element", "ariaHidden");

/** What elements of HTML have. */
export const click = /* @__PURE__ */ method("HTMLElement", "click");
export const draggable = /* @__PURE__ */ getter("HTMLElement", "draggable");
export const hidden = /* @__PURE__ */ getter("HTMLElement", "hidden");
export const setHidden = /* @__PURE__ */ setter("HTMLElement", "hidden");
export const isContentEditable = /* @__PURE__ */ getter("HTMLElement", "isContentEditable");
export const popover = /* @__PURE__ */ getter("HTMLElement", "popover");
export const setPopover = /* @__PURE__ */ setter("HTMLElement", "popover");
export const elementId = /* @__PURE__ */ getter("Element", "id");
export const showPopover = /* @__PURE__ */ method("HTMLElement", "showPopover");
export const hidePopover = /* @__PURE__ */ method("HTMLElement", "hidePopover");
export const setTitle = /* @__PURE__ */ setter("HTMLElement", "title");

const getShadowRoot = /* @__PURE__ */ getter("Element", "shadowRoot");
/** The open shadow root of an element; null of all other nodes. */
export function shadowRoot(node: Node): ShadowRoot | null {
  return nodeType(node) === 1 ? getShadowRoot(node as Element) : null;
}

/** The name of an element of HTML; empty of an element of another language, whose name says nothing of what it has. */
export function htmlName(node: Node): string {
  return nodeType(node) === 1 && namespaceURI(node as Element) === HTML ? localName(node as Element) : "";
}

/** A member that elements of HTML, SVG and MathML have each of their own. */
/* @__NO_SIDE_EFFECTS__ */
function styled<F>(name: string, part: "get" | "set" | "value"): F {
  const [html, svg, math] = ["HTML", "SVG", "MathML"].map((type) => native(`${type}Element`, name, part));
  return ((element: Element, ...args: unknown[]) => {
    const namespace = namespaceURI(element);
    const call =
      namespace === HTML
        ? html
        : namespace?.endsWith("svg")
          ? svg
          : namespace?.endsWith("L")
            ? math
            : undefined;
    return call?.(element, ...args);
  }) as F;
}

/** The style that an element declares itself; undefined of one that cannot. */
export const style = styled<(element: Element) => CSSStyleDeclaration>("style", "get");
export const tabIndex = styled<(element: Element) => number>("tabIndex", "get");
export const setTabIndex = styled<(element: Element, value: number) => void>("tabIndex", "set");
export const focus = styled<(element: Element, options?: FocusOptions) => void>("focus", "value");
export const blur = styled<(element: Element) => void>("blur", "value");
