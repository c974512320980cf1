/**
 * The customer's hover, focus and active state cannot be given to elements of the replica, so rules that
 * depend on it are doubled with an attribute in place of the pseudo-class, and the attribute is set.
 */
export const pseudoAttributes = {
  hover: "data-copane-hover",
  active: "data-copane-active",
  focus: "data-copane-focus",
  focusVisible: "data-copane-focus-visible",
  focusWithin: "data-copane-focus-within",
} as const;

const pseudoClass = /:(hover|active|focus-visible|focus-within|focus)(?![\w-])/g;

/**
 * The rules among `rules` that depend on the pointer or on focus, as text with attributes instead, inside
 * the same groups. Empty when there are none.
 */
export function pseudoRules(rules: CSSRuleList): string {
  let text = "";
  for (const rule of rules) {
    if ("selectorText" in rule) {
      const { selectorText, style } = rule as CSSStyleRule;
      const rewritten = selectorText.replace(pseudoClass, "[data-copane-$1]");
      if (rewritten !== selectorText && style.length > 0) text += `${rewritten}{${style.cssText}}\n`;
    } else if ("cssRules" in rule && "conditionText" in rule) {
      const inner = pseudoRules((rule as unknown as CSSGroupingRule).cssRules);
      if (inner) text += `${groupHead(rule)}{\n${inner}}\n`;
    }
  }
  return text;
}

function groupHead(rule: CSSRule): string {
  const { cssText } = rule;
  return cssText.slice(0, cssText.indexOf("{"));
}
