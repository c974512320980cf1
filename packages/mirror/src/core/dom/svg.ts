import { getter, method, native } from "./native.ts";

/** Time in SVG, in seconds. */
export const ownerSvg = /* @__PURE__ */ getter("SVGElement", "ownerSVGElement") as (
  element: Element,
) => SVGSVGElement | null;
export const animationsPaused = /* @__PURE__ */ method("SVGSVGElement", "animationsPaused");
export const svgTime = /* @__PURE__ */ method("SVGSVGElement", "getCurrentTime");
export const setSvgTime = /* @__PURE__ */ method("SVGSVGElement", "setCurrentTime");
export const pauseSvg = /* @__PURE__ */ method("SVGSVGElement", "pauseAnimations");
export const unpauseSvg = /* @__PURE__ */ method("SVGSVGElement", "unpauseAnimations");
export const svgStart = /* @__PURE__ */ native("SVGAnimationElement", "getStartTime", "value") as (
  animation: SVGAnimationElement,
) => number;
export const beginSvg = /* @__PURE__ */ method("SVGAnimationElement", "beginElementAt");
export const endSvg = /* @__PURE__ */ method("SVGAnimationElement", "endElementAt");
