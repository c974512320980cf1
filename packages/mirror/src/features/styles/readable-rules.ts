/** The rules, or undefined for a sheet of another origin. */
export function readableRules(sheet: CSSStyleSheet): CSSRuleList | undefined {
  try {
    return sheet.cssRules;
  } catch {
    return undefined;
  }
}

/** What a sheet imports, as far as it has loaded: imports come before all rules with selectors. */
export function* importsOf(rules: CSSRuleList): Generator<{ rule: CSSImportRule; sheet: CSSStyleSheet }> {
  for (const rule of rules) {
    if ("selectorText" in rule) return;
    const { styleSheet } = rule as CSSImportRule;
    if (styleSheet) yield { rule: rule as CSSImportRule, sheet: styleSheet };
  }
}
