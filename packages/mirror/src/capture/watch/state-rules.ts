import { needsAside, ofStandIns } from "../../pseudo.ts";

/** A rule that means something else in a replica than in the page. */
export interface StateRule {
  rule: CSSRule;
  /** Its selectors; empty where they do not tell all that the rule needs to match. */
  selectors: string;
  /** Its text, where that is not what the browser has for it. */
  text?: string;
  /** It matters only to a page that has a canvas. */
  canvas?: boolean;
}

/** Finds them among `rules` and in the groups there, in order. Gives undefined for each rule that is none. */
export function* stateRules(rules: CSSRuleList, nested = false): Generator<StateRule | undefined> {
  for (const rule of rules) {
    const { selectorText, cssRules } = rule as CSSStyleRule;
    if (selectorText !== undefined && needsAside(selectorText)) {
      yield cssRules?.length ? { rule, selectors: "" } : stateRule(rule, selectorText, nested);
    } else if (!nested && !cssRules?.length && selectorText?.includes("img")) {
      yield takenBack(rule as CSSStyleRule);
    } else if (cssRules === undefined || "findRule" in rule) yield undefined;
    else if ((rule as CSSLayerBlockRule).name === "") {
      // A layer without a name cannot be gone on with: all that it has stays together.
      let text = "";
      for (const inner of stateRules(cssRules)) if (inner) text += ruleText(inner, rule);
      yield text ? { rule, selectors: "", text: `@layer{${text}}` } : undefined;
    } else {
      yield undefined;
      yield* stateRules(cssRules, nested || selectorText !== undefined);
    }
  }
}

/** Only the selectors of its list that are about a state: the viewers have the others, and where they stand in the cascade. */
function stateRule(rule: CSSRule, all: string, nested: boolean): StateRule {
  const own = selectorsOf(all).filter(needsAside).join(", ");
  const found: StateRule = { rule, selectors: nested ? "" : own };
  if (own.length < all.length) found.text = own + rule.cssText.slice(all.length);
  return found;
}

/** What a sheet says of `img` holds for pictures that stand in for canvases too, unless it is taken back for them. */
function takenBack(rule: CSSStyleRule): StateRule | undefined {
  const selectors = selectorsOf(rule.selectorText)
    .flatMap((selector) => ofStandIns(selector) ?? [])
    .join(", ");
  if (!selectors) return undefined;
  const body = [...rule.style].map(
    (name) => `${name}:revert${rule.style.getPropertyPriority(name) && "!important"}`,
  );
  return { rule, selectors, text: `${selectors}{${body.join(";")}}`, canvas: true };
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

/** A rule as text, inside of the groups in which it stands (up to `within`). */
export function ruleText({ rule, text }: StateRule, within: CSSRule | null = null): string {
  let css = text ?? rule.cssText;
  for (let up = rule.parentRule; up && up !== within; up = up.parentRule) css = `${headOf(up)}{${css}}`;
  return css;
}

function headOf(group: CSSRule): string {
  const { selectorText, media } = group as CSSStyleRule & CSSMediaRule;
  if (selectorText !== undefined) return selectorText;
  // The text of a group is that of all its rules: it is made only where its head is not told otherwise.
  return media ? `@media ${media.mediaText}` : group.cssText.slice(0, group.cssText.indexOf("{"));
}

const ESCAPED = 0xe000;

/**
 * For each selector of a list, the classes without which it matches nothing, in lower case: pages in quirks mode
 * do not tell cases apart.
 */
export function neededClasses(selectors: string): string[][] {
  const escaped: string[] = [];
  let plain = selectors.replace(/\\(?:([\da-f]{1,6})\s?|([\s\S]))/gi, (_, code: string, char: string) => {
    escaped.push(code ? String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff)) : char);
    return String.fromCharCode(ESCAPED + escaped.length - 1);
  });
  plain = plain.replace(/"[^"]*"|'[^']*'/g, "").replace(/\[[^\]]*\]/g, "");
  // What stands in brackets is a choice, or what must not be: it needs nothing for sure.
  for (let before = ""; before !== plain; ) {
    before = plain;
    plain = plain.replace(/\([^()]*\)/g, "");
  }
  return plain
    .split(",")
    .map((selector) =>
      [...selector.matchAll(/\.([\w\u0080-\uffff-]+)/g)].map(([, name = ""]) =>
        name
          .replace(/[\ue000-\uf8ff]/g, (mark) => escaped[mark.charCodeAt(0) - ESCAPED] ?? mark)
          .toLowerCase(),
      ),
    );
}
