import { POINTED } from "../core/own-parts.ts";
import { selectorsOf } from "../features/state-rules/rules.ts";
import { groupsOf, readableRules } from "../features/styles/readable-rules.ts";

const hover = /:hover(?![\w-])/g;

/** What a sheet says of what is hovered, of what carries our mark instead; empty where it may not be read. */
export function hoverRules(sheet: CSSStyleSheet): string {
  let css = "";
  for (const text of texts(readableRules(sheet))) css += `${text}\n`;
  const { mediaText } = sheet.media;
  return css && mediaText ? `@media ${mediaText}{${css}}` : css;
}

/** Whether it is about what is not hovered. */
function excludesHover(selector: string): boolean {
  return selector.split(":not(").some((part, at) => at > 0 && part.split(")", 1)[0]?.includes(":hover"));
}

function* texts(rules: Iterable<CSSRule> | undefined): Generator<string> {
  for (const rule of rules ?? []) {
    const { selectorText, cssRules, styleSheet, cssText } = rule as CSSStyleRule & CSSImportRule;
    if (styleSheet) {
      let inner = [...texts(readableRules(styleSheet))].join("\n");
      for (const group of inner ? groupsOf(rule as CSSImportRule).reverse() : [])
        inner = `${group}{${inner}}`;
      if (inner) yield inner;
    } else if (selectorText !== undefined && selectorText.search(hover) >= 0) {
      // Those that hold as long as nothing is hovered hold already.
      const selectors = selectorsOf(selectorText).filter(
        (one) => one.search(hover) >= 0 && !excludesHover(one),
      );
      if (selectors.length > 0)
        yield selectors.join(",").replace(hover, `[${POINTED}]`) + cssText.slice(selectorText.length);
    } else if (cssRules && !("findRule" in rule)) {
      const inner = [...texts(cssRules)].join("\n");
      if (inner) yield `${cssText.slice(0, cssText.indexOf("{"))}{${inner}}`;
    }
  }
}
