import { groupsOf, importsOf, readableRules } from "../styles/readable-rules.ts";
import { absoluteUrls } from "../styles/rules.ts";
import { nextNoticed } from "../styles/selectors.ts";
import { encodingFor, sheetFile } from "../styles/sheet-file.ts";

/** Fewer rules are looked at one by one before the text of their sheet would be there. */
const FEW_RULES = 100;

/** A longer text costs more in one piece than its rules do in slices. */
const MOST_LENGTH = 1 << 19;

/** In characters. */
const PART_LENGTH = 1 << 15;

/**
 * Where braces mean nothing: imports, comments, strings, addresses without quotes, each with its end in a group of
 * its own; last an escaped brace. What has no end is passed over like the others: looking into it again takes too long.
 */
const quoted =
  /@(?:charset|import)\b(?:"[^"]*"|'[^']*'|url\([^)]*\)|(?!url\()[^;{"'])*(;)?|\/\*[\s\S]*?(\*\/|$)|"(?:[^"\\\n]|\\[\s\S])*(")?|'(?:[^'\\\n]|\\[\s\S])*(')?|(url\()[^"'()]*\)|\\[{}]/gi;

/** Rules of one sheet, or what was found in its text. */
interface Source {
  found: string | CSSRuleList;
  /** Where addresses in it start. */
  base: string;
  /** What they stand in. */
  groups: readonly string[];
}

/** Of a sheet: what it imports, and after that its `own` rules. */
export async function sourcesOf(
  sheet: CSSStyleSheet,
  own: boolean,
  groups: readonly string[] = [],
): Promise<Source[]> {
  const rules = readableRules(sheet);
  const sources: Source[] = [];
  if (!rules) return sources;
  for (const { rule, sheet: imported } of importsOf(rules))
    sources.push(...(await sourcesOf(imported, true, [...groups, ...groupsOf(rule)])));
  if (own) {
    const text = await sheetText(sheet, rules);
    const found = (text === undefined ? undefined : noticedText(text)) ?? rules;
    sources.push({ found, base: sheet.href ?? "", groups });
  }
  return sources;
}

/**
 * The text of a stylesheet, from the browser's cache; undefined where that does not pay, or this page may not
 * have it.
 */
async function sheetText(sheet: CSSStyleSheet, rules: CSSRuleList): Promise<string | undefined> {
  if (!sheet.href || rules.length <= FEW_RULES) return undefined;
  return sheetFile(sheet.href, encodingFor(sheet));
}

/**
 * The text of a stylesheet with only those rules that may mean something else in a replica than in the page, in their
 * groups. Asking each of thousands of rules for its selector takes several times as long. Undefined for a text that
 * takes more than a look at its braces.
 */
export function noticedText(css: string): string | undefined {
  if (css.length > MOST_LENGTH) return undefined;
  let plain = true;
  const text = css.replace(quoted, (token, ...ends: unknown[]) => {
    const whole = ends.slice(0, 5).some((end) => typeof end === "string" && end !== "");
    if (!whole) plain = false;
    if (token.startsWith("@")) return "";
    // It still stands between what must not grow together.
    if (token.startsWith("/*")) return "/**/";
    // Braces in a string would be taken for those of rules.
    if (/[{}]/.test(token)) plain = false;
    return token;
  });
  if (!plain) return undefined;

  let kept = "";
  let depth = 0;
  let next = -1;
  let from = 0;
  for (let end = text.indexOf("}"); end >= 0; end = text.indexOf("}", from)) {
    const open = text.lastIndexOf("{", end);
    if (open < from) {
      if (--depth < 0) return undefined;
      kept += "}";
    } else {
      const own = Math.max(from, text.lastIndexOf("{", open - 1) + 1);
      if (next < from) next = nextNoticed(text, from);
      if (own > from) {
        const heads = text.slice(from, own).split("{");
        // A rule with rules in it would have to stay whole.
        if (next < own && !heads.every((head) => /^\s*(?:@|$)/.test(head))) return undefined;
        depth += heads.length - 1;
        kept += text.slice(from, own);
        if (next < own) next = nextNoticed(text, own);
      }
      if (next < open) kept += text.slice(own, end + 1);
    }
    from = end + 1;
  }
  return depth === 0 ? kept : undefined;
}

/** What is to be sent, in parts. Not more than one rule is looked at for each, and most are empty. */
export function* noticedParts(sources: readonly Source[]): Generator<string> {
  for (const { found, base, groups } of sources) {
    yield groups.map((group) => `${group}{`).join("");
    for (const part of partsOf(found)) yield absoluteUrls(part, base);
    yield "}".repeat(groups.length);
  }
}

function* partsOf(found: string | CSSRuleList): Generator<string> {
  if (typeof found === "string") {
    for (let at = 0; at < found.length; ) {
      // Between two rules: no character is torn.
      const end = found.indexOf("}", at + PART_LENGTH) + 1 || found.length;
      yield found.slice(at, end);
      at = end;
    }
    return;
  }
  let part = "";
  for (const rule of found) {
    const { selectorText, cssRules } = rule as CSSStyleRule;
    const group = selectorText === undefined || cssRules?.length > 0;
    if (noticed(group ? rule.cssText : selectorText)) part += rule.cssText;
    const full = part.length > PART_LENGTH;
    yield full ? part : "";
    if (full) part = "";
  }
  yield part;
}

function noticed(css: string): boolean {
  return nextNoticed(css, 0) < css.length;
}
