/** Longer texts are not parsed a second time: a millisecond for every so many characters. */
const MOST_PARSED = 1 << 15;

/** Rules that say nothing are there for a script to fill: grids keep the widths of their columns in such. */
const emptyRule = /\{\s*\}/;

/**
 * Whether a sheet can be what the text makes; if not, a script has added some before us, or taken some
 * away. Of a long text only the most rules that it can make are known: browsers leave out those that they do not know.
 */
export function canMake(text: string, rules: CSSRuleList): boolean {
  if (text === "") return rules.length === 0;
  if (text.length > MOST_PARSED) return rules.length <= mostRules(text);
  const scratch = new CSSStyleSheet();
  scratch.replaceSync(text);
  if (rules.length !== scratch.cssRules.length) return false;
  return !emptyRule.test(text) || rulesHash(rules) === rulesHash(scratch.cssRules);
}

/** Outermost pairs of braces, and what may be rules without any. */
export function mostRules(text: string): number {
  let count = text.split("@layer").length + text.split("@namespace").length - 2;
  let depth = 0;
  let open = text.indexOf("{");
  let close = text.indexOf("}");
  while (open >= 0) {
    if (close >= 0 && close < open) {
      depth = Math.max(0, depth - 1);
      close = text.indexOf("}", close + 1);
    } else {
      if (depth++ === 0) count++;
      open = text.indexOf("{", open + 1);
    }
  }
  return count;
}

/** CSS with the addresses in it made absolute. */
export function absoluteUrls(css: string, base: string): string {
  if (!css.includes("url(")) return css;
  // What does not close is passed over, too: looking into it again from each `url(` takes too long.
  return css.replace(/url\((["']?)([^"')]+)(\1\))?/g, (whole, _quote, url: string, end?: string) => {
    if (end === undefined || /^(data:|#)/.test(url)) return whole;
    try {
      return `url("${new URL(url, base).href}")`;
    } catch {
      return whole;
    }
  });
}

/** A number that tells whether rules changed since. */
export function rulesHash(rules: CSSRuleList): number {
  let hash = rules.length + 1;
  for (const { cssText } of rules) {
    hash = Math.imul(hash, 31) + cssText.length;
    for (let i = 0; i < cssText.length; i += 3) hash = (Math.imul(hash, 31) + cssText.charCodeAt(i)) | 0;
  }
  return hash | 1;
}
