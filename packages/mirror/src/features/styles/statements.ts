/** What has to be passed over as one, and the signs that end a statement. */
const signs =
  /\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|url\(\s*[^"'\s)][^)]*\)?|\\[\s\S]|[{}();[\]]/gi;

/** The statements of a stylesheet, or the declarations and rules of a block, each as it is written. */
export function* statements(css: string): Generator<string> {
  let from = 0;
  let depth = 0;
  let brackets = 0;
  for (const { 0: sign, index } of css.matchAll(signs)) {
    if (sign === "{") depth++;
    else if (sign === "(" || sign === "[") brackets++;
    else if (sign === ")" || sign === "]") brackets = Math.max(0, brackets - 1);
    else if (sign === "}" ? depth > 0 && --depth === 0 : sign === ";" && depth + brackets === 0) {
      yield css.slice(from, index + 1);
      from = index + 1;
      brackets = 0;
    }
  }
  if (css.slice(from).trim()) yield css.slice(from);
}

/** What stands in the outermost braces of a rule. */
export function blockOf(rule: string): string {
  for (const { 0: sign, index } of rule.matchAll(signs)) {
    if (sign === "{") return rule.slice(index + 1, rule.lastIndexOf("}"));
  }
  return "";
}

/** A statement as far as its beginning counts. */
export function withoutComments(statement: string): string {
  return statement.replace(/\/\*[\s\S]*?(?:\*\/|$)/g, "");
}
