import { parse, type Selector } from "css-what";

/** Pseudo-classes that every browser we support knows: an unknown one would make the whole list invalid there. */
const known = new Set([
  ...["not", "is", "where", "has", "root", "empty", "checked", "disabled", "enabled", "required", "optional"],
  ...["first-child", "last-child", "only-child", "nth-child", "nth-last-child"],
  ...["first-of-type", "last-of-type", "only-of-type", "nth-of-type", "nth-last-of-type"],
]);
const kinds = new Set([
  ...["tag", "universal", "attribute", "pseudo"],
  ...["descendant", "child", "adjacent", "sibling"],
]);

/** Whether a text is one or more selectors that mean the same in every browser. */
export function isSelector(text: string): boolean {
  try {
    const selectors = parse(text);
    return selectors.length > 0 && selectors.every((one) => one.length > 0 && one.every(isPart));
  } catch {
    return false;
  }
}

function isPart(part: Selector): boolean {
  if (!kinds.has(part.type)) return false;
  // `[a!=b]` is an extension of jQuery.
  if (part.type === "attribute") return part.action !== "not" && !part.namespace;
  if (part.type !== "pseudo") return true;
  if (!known.has(part.name)) return false;
  return !Array.isArray(part.data) || part.data.every((selector) => selector.every(isPart));
}
