/** How large a text of CSS is for a browser that reads it. */
export interface CssSize {
  /** Blocks, brackets and groups inside of one another. */
  nesting: number;
  /** Rules, each as often as it has selectors; a rule inside of another as often as both together. */
  rules: number;
  /** It ends where a rule ends: what stands behind it is read as if nothing stood before. */
  closed: boolean;
}

const BACKSLASH = 92;
const STAR = 42;

const lineEnd = /[\n\r\f]/;

const escaped = /\\(?:([0-9a-f]{1,6})\s?|(.))/gi;
const nameSign = /[-\w\u0080-\uffff]/;

/** `url` with all its letters escaped in full is shorter. */
const LONGEST_NAME = 40;

/** Closing signs, by what they close. */
const closers: Record<string, string> = { "{": "}", "(": ")", "[": "]" };

/**
 * Measures a text of CSS, in one pass and without reading what it says. A closing sign that closes nothing is passed
 * over, as browsers do: so nothing hides behind it.
 * @param most deeper nesting is not measured further
 */
export function cssSize(css: string, most: number): CssSize {
  const open: string[] = [];
  /** How often a rule in each open block counts. */
  const times: number[] = [1];
  let nesting = 0;
  let rules = 0;
  /** Since the last block or declaration: commas and references to the rule around. */
  let selectors = 1;
  let grouping = false;
  /** The first sign of a rule is still to come. */
  let fresh = true;
  /** A rule, a declaration or a comment has just ended. */
  let ended = true;
  let at = 0;
  for (;;) {
    const sign = fresh ? anySign : significant;
    sign.lastIndex = at;
    const found = sign.exec(css);
    if (found === null) break;
    const [char] = found;
    at = found.index + 1;
    ended = false;
    if (fresh && char !== "}" && char !== ";" && char !== "/") {
      fresh = false;
      grouping = char === "@";
    }
    switch (char) {
      case "\\":
        at++;
        break;
      case "/":
        if (css.charCodeAt(at) !== STAR) break;
        at = after(css, css.indexOf("*/", at + 1), 2);
        ended = true;
        break;
      case '"':
      case "'":
        at = stringEnd(css, at, char);
        break;
      case ",":
      case "&":
        selectors++;
        break;
      case ";":
        selectors = 1;
        ended = true;
        if (open.length === 0 || open.at(-1) === "}") fresh = true;
        break;
      case "{":
      case "(":
      case "[": {
        if (char === "(" && isAddress(css, found.index)) {
          at = addressEnd(css, at);
          break;
        }
        open.push(closers[char] as string);
        nesting = Math.max(nesting, open.length);
        if (nesting > most) return { nesting, rules, closed: false };
        if (char !== "{") break;
        const around = times.at(-1) as number;
        const own = grouping ? around : Math.min(around * selectors, Number.MAX_SAFE_INTEGER);
        times.push(own);
        rules += own;
        selectors = 1;
        fresh = true;
        break;
      }
      case "}":
      case ")":
      case "]":
        if (open.at(-1) !== char) break;
        open.pop();
        if (char !== "}") break;
        times.pop();
        selectors = 1;
        fresh = true;
        ended = true;
        break;
    }
  }
  const closed = ended && open.length === 0 && at <= css.length && css.slice(at).trim() === "";
  return { nesting, rules, closed };
}

const anySign = /\S/g;
const significant = /[{}()[\];,&"'\\/]/g;

/** Behind what was found, or behind all if it was not. */
function after(css: string, index: number, length: number): number {
  return index < 0 ? css.length + 1 : index + length;
}

/** A string ends with its sign or its line. */
function stringEnd(css: string, from: number, quote: string): number {
  for (let at = from; at < css.length; at++) {
    const char = css[at] as string;
    if (css.charCodeAt(at) === BACKSLASH) at += css.startsWith("\r\n", at + 1) ? 2 : 1;
    else if (char === quote || lineEnd.test(char)) return at + 1;
  }
  return css.length + 1;
}

/** Whether a bracket opens an address without quotes: nothing in there opens anything. */
function isAddress(css: string, bracket: number): boolean {
  const before = css.slice(Math.max(0, bracket - LONGEST_NAME), bracket);
  if (!/l$/i.test(before) && !before.includes("\\")) return false;
  if (nameAtEnd(before).toLowerCase() !== "url") return false;
  let at = bracket + 1;
  while (/\s/.test(css[at] ?? "")) at++;
  return css[at] !== '"' && css[at] !== "'";
}

/** The name at the end of a text, without its escapes; what only an escape can put into a name is an `x`. */
function nameAtEnd(text: string): string {
  const plain = text.replace(escaped, (_, code: string | undefined, sign: string) => {
    const meant = code === undefined ? sign : String.fromCharCode(Number.parseInt(code, 16));
    return nameSign.test(meant) ? meant : "x";
  });
  let from = plain.length;
  while (from > 0 && nameSign.test(plain[from - 1] as string)) from--;
  return plain.slice(from);
}

function addressEnd(css: string, from: number): number {
  for (let at = from; at < css.length; at++) {
    if (css.charCodeAt(at) === BACKSLASH) at++;
    else if (css[at] === ")") return at + 1;
  }
  return css.length + 1;
}
