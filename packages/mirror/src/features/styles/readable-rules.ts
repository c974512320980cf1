/** The rules, or undefined for a sheet of another origin. */
export function readableRules(sheet: CSSStyleSheet): CSSRuleList | undefined {
  try {
    return sheet.cssRules;
  } catch {
    return undefined;
  }
}

/** What a sheet imports, as far as it has loaded: before imports come names of layers at most. */
export function* importsOf(rules: CSSRuleList): Generator<{ rule: CSSImportRule; sheet: CSSStyleSheet }> {
  for (const rule of rules) {
    if (isImport(rule)) {
      if (rule.styleSheet) yield { rule, sheet: rule.styleSheet };
    } else if (!("nameList" in rule)) return;
  }
}

export function isImport(rule: CSSRule): rule is CSSImportRule {
  return "styleSheet" in rule;
}

/** The groups in which the rules of an imported sheet stand. */
export function groupsOf({ layerName, media, supportsText }: CSSImportRule): string[] {
  const groups: string[] = [];
  if (typeof layerName === "string") groups.push(`@layer ${layerName}`);
  if (media.length > 0) groups.push(`@media ${media.mediaText}`);
  if (supportsText) groups.push(`@supports (${supportsText})`);
  return groups;
}

/** Of a sheet's own rules the one that a rule stands in, or what imports the sheet that it stands in. */
export function outermostRule(rule: CSSRule): CSSRule {
  let outer = rule;
  for (let up: CSSRule | null = rule; up; up = up.parentRule ?? up.parentStyleSheet?.ownerRule ?? null)
    outer = up;
  return outer;
}
