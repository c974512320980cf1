import { authorRules } from "./author-rules.ts";
import { isLossy } from "./rules.ts";
import { blockOf, statements, withoutComments } from "./statements.ts";

type Block = CSSRule & { style?: CSSStyleDeclaration; cssRules?: CSSRuleList };

/**
 * A rule that scripts have changed, as a text that makes the same rule. Browsers leave shorthands with `var()` out of
 * what they write: these are taken from what is known of the rule.
 * @param written the rule as its author wrote it
 * @param declared what scripts declared in it since
 */
export function composed(rule: CSSRule, written: string, declared = ""): string {
  const { cssText } = rule;
  if (!isLossy(cssText)) return cssText;
  const { style, cssRules } = rule as Block;
  const head = cssText.slice(0, cssText.indexOf("{"));
  if (style) {
    const inner = [...(cssRules ?? [])].map((child) => child.cssText);
    return `${head}{${declarations(style, `${blockOf(written)};${declared}`)}${inner.join("")}}`;
  }
  if (!cssRules || "findRule" in rule) return cssText;
  return `${head}{${innerRules(cssRules, blockOf(written)).join("\n")}}`;
}

function innerRules(rules: CSSRuleList, css: string): string[] {
  const reading = authorRules(css);
  let step = reading.next();
  while (!step.done) step = reading.next();
  const { texts, made } = step.value;
  let next = 0;
  return [...rules].map((rule, i) => {
    const same = made.indexOf(rule.cssText, next);
    if (same < 0) return composed(rule, texts[i] ?? "");
    next = same + 1;
    return texts[same] as string;
  });
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
    css += `${name}:${style.getPropertyValue(name)}${priority && `!${priority}`};`;
  }
  return css;
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
