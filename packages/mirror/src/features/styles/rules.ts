import { isImport } from "./readable-rules.ts";

/** Longer texts are not parsed a second time: a millisecond for every so many characters. */
const MOST_PARSED = 1 << 15;

/** Hears what a rule says, as it is read to be compared with a text or to be written. */
export type Saw = (rule: CSSRule, text?: string) => void;

/**
 * Whether a sheet can be what the text makes; if not, a script has added some before us, or taken some
 * away. Of a long text only the most rules that it can make are known: browsers leave out those that they do not know.
 */
export function canMake(text: string, rules: CSSRuleList, saw?: Saw): boolean {
  if (text === "") return rules.length === 0;
  let imports = 0;
  for (const rule of rules)
    if (!isImport(rule)) break;
    else imports++;
  if (isLong(text)) return rules.length - imports <= mostRules(text);
  const scratch = new CSSStyleSheet();
  scratch.replaceSync(text);
  const made = scratch.cssRules;
  return rules.length - imports === made.length && rulesHash(rules, saw) === rulesHash(made);
}

/** Whether `canMake` only counts the rules of a text. */
export function isLong(text: string): boolean {
  return text.length > MOST_PARSED;
}

/** Whether a rule that the browser wrote out lacks what it cannot say: shorthands with `var()`. */
export function isLossy(cssText: string): boolean {
  return /: (?:!important)?;/.test(cssText);
}

/**
 * Whether a rule has a line height with more digits than browsers write out. WebKit makes line heights whole pixels,
 * and 24.9999 is one less than 25.
 */
export function hasLongHeight(text: string): boolean {
  return /(?:line-height:|\/) ?\d*\.\d{5}/.test(text);
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

/** Rules without an address of their own are read from where the page is. */
export function withBase(css: string, base: string | undefined): string {
  return base === undefined ? css : absoluteUrls(css, base);
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

/** A number that tells whether a text changed since. */
export function textHash(text: string, seed = 7): number {
  let hash = Math.imul(seed, 31) + text.length;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
}

function rulesHash(rules: CSSRuleList, saw?: Saw): number {
  let hash = 0;
  for (const rule of rules) {
    // Not what they import: a text alone imports nothing.
    if (isImport(rule)) continue;
    const text = rule.cssText;
    saw?.(rule, text);
    hash = textHash(text, hash);
  }
  return hash;
}
