/** Comments, strings and addresses, whichever begins first. */
const texts =
  /\/\*[\s\S]*?(?:\*\/|$)|url\(\s*(?:"(?:[^"\\]|\\(?:[\s\S]|$))*(?:"|$)|'(?:[^'\\]|\\(?:[\s\S]|$))*(?:'|$)|[^)"']*)[^)]*(?:\)|$)|"(?:[^"\\\n]|\\(?:[\s\S]|$))*(?:"|$|\n)|'(?:[^'\\\n]|\\(?:[\s\S]|$))*(?:'|$|\n)/gi;

/** A custom property; or its name alone, where it is only used. */
const property = /(--[\w-]+)(?:\s*:([^;{}]*))?/g;

/** A number, a colour, or another property's value. */
const measured =
  /^(?:[-+]?[\d.]+(?:[a-z]{1,4}|%)?|#[\da-f]{3,8}|(?:rgb|hsl)a?\([\d\s.,%/]*\)|var\(--[\w-]+\))(?:\s*!important)?$/i;

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
