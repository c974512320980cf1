import * as dom from "./dom.ts";

/** `nodeType`s, as constants that bundlers put in place of their names. */
export const ELEMENT = 1;
export const TEXT = 3;
export const CDATA = 4;
export const DOCUMENT = 9;
export const DOCTYPE = 10;
export const FRAGMENT = 11;

/** Whether browsers read the texts in a node as CSS: those of `<style>`, and of its like in SVG. */
export function holdsCss(node: Node | null): boolean {
  return isStyle(node) || (node !== null && dom.nodeName(node) === "style");
}

/** Whether texts in a node are styles. */
export function isStyle(node: Node | null): boolean {
  return node !== null && dom.nodeName(node) === "STYLE";
}
