import { clientHeight, clientWidth, scrollLeft, scrollTop } from "./elements.ts";
import { missing, native } from "./native.ts";
import { documentElement } from "./roots.ts";

/** What windows have, whatever variables and functions of a page are called. */
export const getComputedStyle = /* @__PURE__ */ native("Window", "getComputedStyle", "value") as (
  window: Window,
  element: Element,
  pseudo?: string,
) => CSSStyleDeclaration;
export const matchMedia = /* @__PURE__ */ native("Window", "matchMedia", "value") as (
  window: Window,
  query: string,
) => MediaQueryList;
export const getWindowSelection = /* @__PURE__ */ native("Window", "getSelection", "value") as (
  window: Window,
) => Selection | null;
export const frameElement = /* @__PURE__ */ native("Window", "frameElement", "get") as (
  window: Window,
) => Element | null;

/** What a window tells of itself, or nearly the same, where a variable of the page has taken the name. */
/* @__NO_SIDE_EFFECTS__ */
function told<T>(name: string, nearly: (window: Window) => T): (window: Window) => T {
  const tell = native("Window", name, "get");
  return tell === missing ? nearly : tell;
}
const root = (window: Window): Element => documentElement(window.document) as Element;
export const scrollX = told("scrollX", (window) => scrollLeft(root(window)));
export const scrollY = told("scrollY", (window) => scrollTop(root(window)));
export const innerWidth = told("innerWidth", (window) => clientWidth(root(window)));
export const innerHeight = told("innerHeight", (window) => clientHeight(root(window)));
export const screen = told<Pick<Screen, "width" | "height">>("screen", (window) => ({
  width: innerWidth(window),
  height: innerHeight(window),
}));
export const visualViewport = /* @__PURE__ */ native("Window", "visualViewport", "get") as (
  window: Window,
) => VisualViewport | null;
export const scrollWindowTo = /* @__PURE__ */ native("Window", "scrollTo", "value") as (
  window: Window,
  options: ScrollToOptions,
) => void;
