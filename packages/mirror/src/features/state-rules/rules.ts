import type { Place } from "../styles/companions.ts";
import { aboutCanvases, needsAside, ofStandIns } from "../styles/selectors.ts";

/** Of a sheet's rules those that a replica needs beside the sheet itself, by where they stand. */
export function stateRules(css: string): Record<Place, string> {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const found = { before: "", after: "" };
  for (const rule of rulesOf(sheet.cssRules)) {
    const place = rule.includes("@layer") || aboutCanvases(rule) ? "after" : "before";
    found[place] += `${rule}\n`;
  }
  return found;
}

/** Their texts, each inside of the groups in which it stands (up to `within`), in order. */
function* rulesOf(rules: CSSRuleList, within: CSSRule | null = null, nested = false): Generator<string> {
  for (const rule of rules) {
    const { selectorText, cssRules } = rule as CSSStyleRule;
    if (selectorText !== undefined && needsAside(selectorText)) {
      yield grouped(cssRules?.length ? rule.cssText : ofStates(rule, selectorText), rule, within);
    } else if (!nested && !cssRules?.length && selectorText?.includes("img")) {
      const text = takenBack(rule as CSSStyleRule);
      if (text) yield grouped(text, rule, within);
    } else if (cssRules === undefined || "findRule" in rule) {
      // Keyframes, and what is no group.
    } else if ((rule as CSSLayerBlockRule).name === "") {
      // A layer without a name cannot be gone on with: all that it has stays together.
      const text = [...rulesOf(cssRules, rule)].join("");
      if (text) yield grouped(`@layer{${text}}`, rule, within);
    } else yield* rulesOf(cssRules, within, nested || selectorText !== undefined);
  }
}

/**
 * Only the selectors of its list that are about a state: the viewers have the others, and where they stand in
 * the cascade.
 */
function ofStates(rule: CSSRule, all: string): string {
  return selectorsOf(all).filter(needsAside).join(", ") + rule.cssText.slice(all.length);
}

/** What a sheet says of `img` holds for pictures that stand in for canvases too, unless it is taken back for them. */
function takenBack({ selectorText, style }: CSSStyleRule): string {
  const selectors = selectorsOf(selectorText)
    .flatMap((selector) => ofStandIns(selector) ?? [])
    .join(", ");
  const body = [...style].map((name) => `${name}:revert${style.getPropertyPriority(name) && "!important"}`);
  return selectors && `${selectors}{${body.join(";")}}`;
}

/** The selectors of a list. */
export function selectorsOf(list: string): string[] {
  const selectors: string[] = [];
  let from = 0;
  let depth = 0;
  // Escapes, strings, brackets and commas; what is between them does not matter here.
  for (const { 0: sign, index } of list.matchAll(/\\[\s\S]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[()[\],]/g)) {
    if (sign === "(" || sign === "[") depth++;
    else if (sign === ")" || sign === "]") depth--;
    else if (sign === "," && depth === 0) {
      selectors.push(list.slice(from, index).trim());
      from = index + 1;
    }
  }
  selectors.push(list.slice(from).trim());
  return selectors;
}

function grouped(text: string, rule: CSSRule, within: CSSRule | null): string {
  let css = text;
  for (let up = rule.parentRule; up && up !== within; up = up.parentRule) css = `${headOf(up)}{${css}}`;
  return css;
}

function headOf(group: CSSRule): string {
  const { selectorText, media } = group as CSSStyleRule & CSSMediaRule;
  if (selectorText !== undefined) return selectorText;
  // The text of a group is that of all its rules: it is made only where its head is not told otherwise.
  return media ? `@media ${media.mediaText}` : group.cssText.slice(0, group.cssText.indexOf("{"));
}
