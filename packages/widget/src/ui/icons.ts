import * as dom from "@copane/mirror/dom";

const SVG = "http://www.w3.org/2000/svg";

/** One set of icons for all of the widget: lines in a square of 24, drawn in the colour of their text. */
export const icons = {
  pause: "M8 5v14M16 5v14",
  draw: "M4 20l1-4L16 5l3 3L8 19z",
  stop: "M6 6h12v12H6z",
  chat: "M4 5h16v11H9l-5 4z",
  less: "M6 9l6 6 6-6",
  more: "M6 15l6-6 6 6",
} as const;

/** A picture beside words, or in a button with a label: it says nothing itself. */
export function icon(lines: string): SVGElement {
  const svg = dom.createElementNS(document, SVG, "svg") as SVGElement;
  const path = dom.createElementNS(document, SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", lines);
  svg.append(path);
  return svg;
}
