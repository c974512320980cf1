/** Comments, strings and addresses, whichever begins first. */
const texts =
  /\/\*[\s\S]*?(?:\*\/|$)|url\(\s*(?:"(?:[^"\\]|\\(?:[\s\S]|$))*(?:"|$)|'(?:[^'\\]|\\(?:[\s\S]|$))*(?:'|$)|[^)"']*)[^)]*(?:\)|$)|"(?:[^"\\\n]|\\(?:[\s\S]|$))*(?:"|$|\n)|'(?:[^'\\\n]|\\(?:[\s\S]|$))*(?:'|$|\n)/gi;

/** A custom property; or its name alone, where it is only used. */
const property = /(--[\w-]+)(?:\s*:([^;{}]*))?/g;

/** A number, a colour, or another property's value. */
const measured =
  /^(?:[-+]?[\d.]+(?:[a-z]{1,4}|%)?|#[\da-f]{3,8}|(?:rgb|hsl)a?\([\d\s.,%/]*\)|var\(--[\w-]+\))(?:\s*!important)?$/i;

/** No page is so wide: such a number counts something. */
export const long = /(?<![\w.#])\d{6,}/g;

/**
 * Styles of a masked place: they keep its layout and tell nothing, for what they load, write (`content`) or keep
 * (custom properties) can be the very text that is masked.
 */
export function withoutTexts(css: string): string {
  return css
    .replace(texts, (text) => (text.startsWith("/*") ? " " : "none"))
    .replace(property, (whole, name: string, value?: string) =>
      value === undefined || measured.test(value.trim()) ? whole : `${name}: none`,
    );
}

/** A word of a style, and whether it is the name of a function. */
const word = /(?<![\w#.%!\u0080-\uffff-])(-{0,2}[a-z_\u0080-\uffff][\w\u0080-\uffff-]*)(\(?)/gi;

/** Browsers take whatever stands beside these. */
const open = /(?:var|env|attr|if|inherit|paint|element)\(/i;

/** Others are known where a sheet of the page has them, as the words below. */
const functions =
  /^(?:calc|min|max|clamp|var|env|(?:rgb|hsl)a?|[a-z]+-gradient|(?:translate|scale|rotate)[xyz3d]*|minmax|repeat|cubic-bezier)$/i;

/** Words that stand beside names. */
const keywords =
  /^(?:none|auto|normal|inherit|initial|unset|span|infinite|alternate|forwards|both|running|linear|ease(?:-in)?(?:-out)?|all|(?:sans-)?serif|monospace|system-ui|arial|helvetica|verdana|georgia|tahoma|times|courier|bold|italic|disc|circle|square|decimal|inside|to|at|left|right|top|bottom|center|auto-fi(?:ll|t)|(?:min|max)-content|safe-area-inset-\w+)$/i;

/** Values with a name that anybody can make up, in the forms that properties take. */
const madeUp = [
  "copane-n",
  "--copane-n",
  "1px copane-n",
  "[copane-n] 1px",
  "[copane-n] 1px/1px",
  "counter(copane-n)",
  "styleset(copane-n)",
];

const naming = new Map<string, boolean>();

/**
 * The style that a masked element declares itself, as the browser reads it: what is no style is not in it. Names that
 * its author can make up (of fonts, animations, areas, counters, properties) can be what is masked, too.
 * @param outgoing a name as it may leave
 */
export function withoutNames(css: string, outgoing: (name: string) => string): string {
  return withoutTexts(css)
    .split(";")
    .map((declaration) => {
      const at = declaration.indexOf(":");
      // What is escaped is a name.
      if (at < 0 || declaration.includes("\\")) return "";
      const name = declaration.slice(0, at).trim();
      const value = declaration.slice(at + 1).replace(long, "99999");
      const own = name.startsWith("--");
      const free = own || open.test(value) || takesNames(name);
      if (free && /#(?![\da-f]{3,8}(?!\w))/i.test(value)) return "";
      const words = value.replace(word, (whole, said: string, opens: string) => {
        const known = said.startsWith("--") ? false : !free || isKeyword(name, said, opens !== "");
        return known ? whole : outgoing(said) + opens;
      });
      return `${own ? outgoing(name) : name}:${words};`;
    })
    .join("");
}

/** Whether a property takes names that are made up. */
function takesNames(name: string): boolean {
  let takes = naming.get(name);
  if (takes === undefined) {
    takes = madeUp.some((value) => CSS.supports(name, value));
    naming.set(name, takes);
  }
  return takes;
}

function isKeyword(name: string, said: string, isFunction: boolean): boolean {
  if (isFunction) return functions.test(said);
  return (
    keywords.test(said) ||
    CSS.supports("color", said) ||
    CSS.supports(said, "inherit") ||
    (!name.startsWith("--") && !takesNames(name) && CSS.supports(name, said))
  );
}
