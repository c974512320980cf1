import { hasLongHeight, isLossy } from "./rules.ts";
import { blockOf, statements, withoutComments } from "./statements.ts";

type Block = CSSRule & { style?: CSSStyleDeclaration; cssRules?: CSSRuleList };

/** What scripts have done to a rule, as far as it is known. */
export interface ScriptedRule {
  /** The text from which a script made it. */
  text: string | undefined;
  /** By property, what scripts declared in it that browsers may not write out. */
  declared: Map<string, string>;
  edited: boolean;
}

type Scripted = (rule: CSSRule) => ScriptedRule | undefined;

/**
 * A rule that scripts have changed, as a text that makes the same rule. Browsers leave shorthands with `var()` out of
 * what they write: these are taken from what is known of the rule.
 * @param written the rule as its author wrote it
 * @param scripted what scripts did to it, or to a rule in it
 */
export function composed(rule: CSSRule, written: string, scripted: Scripted): string {
  const { cssText } = rule;
  const known = scripted(rule);
  const text = known?.text ?? written;
  if (!isLossy(cssText) && !(text && hasLongHeight(cssText))) return cssText;
  if (known?.text && !known.edited) return known.text;
  const { style, cssRules } = rule as Block;
  const declared = [...(known?.declared.values() ?? [])].join(";");
  // Declarations behind a nested rule are a rule of their own, without braces: what is known is what they stand in.
  if (style && !/^[^"']*\{/.test(cssText)) return declarations(style, `${text};${declared}`);
  const head = cssText.slice(0, cssText.indexOf("{"));
  const block = blockOf(text);
  const own = style ? declarations(style, `${block};${declared}`) : "";
  return `${head}{${own}${cssRules ? innerRules(cssRules, head, block, scripted).join("\n") : ""}}`;
}

function innerRules(rules: CSSRuleList, head: string, block: string, scripted: Scripted): string[] {
  const { texts, made } = authors(head, block);
  let next = 0;
  return [...rules].map((rule, i) => {
    const same = made.indexOf(rule.cssText, next);
    if (same >= 0) next = same + 1;
    if (same >= 0 && !scripted(rule)) return texts[same] as string;
    const place = same < 0 ? i : same;
    return composed(
      rule,
      "style" in rule && !rule.cssText.includes("{") ? block : (texts[place] ?? ""),
      scripted,
    );
  });
}

/** The rules in a block as their author wrote them, and as the browser writes them out. */
function authors(head: string, block: string): { texts: string[]; made: string[] } {
  const scratch = new CSSStyleSheet();
  const read = (css: string): string[] => {
    scratch.replaceSync(`${head}{${css}}`);
    const [outer] = scratch.cssRules as Iterable<CSSRule> as Iterable<Block>;
    return [...(outer?.cssRules ?? [])].map((rule) => rule.cssText);
  };
  const texts = [...statements(block)];
  const all = read(block);
  if (all.length === texts.length) return { texts, made: all };
  // There are declarations among them, or the browser does not know some.
  const made = texts.map((text) => read(text));
  const one = (_: unknown, i: number) => made[i]?.length === 1;
  return { texts: texts.filter(one), made: made.filter(one).flat() };
}

function declarations(style: CSSStyleDeclaration, known: string): string {
  const names = [...style];
  const lost = new Set(names.filter((name) => !name.startsWith("--") && style.getPropertyValue(name) === ""));
  let css = "";
  for (const statement of statements(known)) {
    const name = /^\s*([-\w]+)\s*:/.exec(withoutComments(statement))?.[1];
    if (!name || !statement.includes("var(")) continue;
    if (longhandsOf(name, style).some((longhand) => lost.has(longhand)))
      css += `${statement.replace(/;\s*$/, "")};`;
  }
  for (const name of names) {
    if (lost.has(name)) continue;
    const priority = style.getPropertyPriority(name);
    const value = style.getPropertyValue(name);
    css += `${name}:${name === "line-height" ? inFull(value, known) : value}${priority && `!${priority}`};`;
  }
  return css;
}

/** A line height with the digits that its author gave it. */
function inFull(value: string, known: string): string {
  const number = Number(value);
  for (const [written] of known.matchAll(/\d{0,3}\.\d{5,20}/g))
    if (Math.abs(Number(written) - number) < 0.00001) return written;
  return value;
}

const longhands = new Map<string, readonly string[]>();

function longhandsOf(name: string, { parentRule }: CSSStyleDeclaration): readonly string[] {
  let found = longhands.get(name);
  if (found === undefined) {
    const scratch = new CSSStyleSheet();
    scratch.replaceSync(`a{${name}:var(--a)}`);
    found = [...((scratch.cssRules[0] as CSSStyleRule | undefined)?.style ?? [])];
    if (parentRule) longhands.set(name, found);
  }
  return found;
}
