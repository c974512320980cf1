import { native } from "./native.ts";

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
export const scrollX = /* @__PURE__ */ native("Window", "scrollX", "get") as (window: Window) => number;
export const scrollY = /* @__PURE__ */ native("Window", "scrollY", "get") as (window: Window) => number;
export const innerWidth = /* @__PURE__ */ native("Window", "innerWidth", "get") as (window: Window) => number;
export const innerHeight = /* @__PURE__ */ native("Window", "innerHeight", "get") as (
  window: Window,
) => number;
export const screen = /* @__PURE__ */ native("Window", "screen", "get") as (window: Window) => Screen;
export const visualViewport = /* @__PURE__ */ native("Window", "visualViewport", "get") as (
  window: Window,
) => VisualViewport | null;
export const scrollWindowTo = /* @__PURE__ */ native("Window", "scrollTo", "value") as (
  window: Window,
  options: ScrollToOptions,
) => void;
