import * as dom from "../core/dom.ts";
/** A CSS colour as 0xRRGGBB; undefined for what is none, or is see-through. */
export function parseColor(css: string): number | undefined {
  const context = dom.getContext(
    dom.createElement(document, "canvas"),
    "2d",
  ) as CanvasRenderingContext2D | null;
  if (!context) return undefined;
  // An invalid colour leaves the one before: two different ones tell it apart.
  const seen = ["#000", "#fff"].map((before) => {
    context.fillStyle = before;
    context.fillStyle = css;
    return context.fillStyle;
  });
  const [hex, again] = seen as [string, string];
  return hex === again && /^#[0-9a-f]{6}$/.test(hex) ? Number.parseInt(hex.slice(1), 16) : undefined;
}
