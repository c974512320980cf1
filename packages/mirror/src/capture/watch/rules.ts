/** How many rules the text itself makes: more in the sheet means that a script added some before us. */
export function ruleCount(text: string): number {
  const scratch = new CSSStyleSheet();
  scratch.replaceSync(text);
  return scratch.cssRules.length;
}

/** CSS with the addresses in it made absolute. */
export function absoluteUrls(css: string, base: string): string {
  if (!css.includes("url(")) return css;
  return css.replace(/url\((["']?)([^"')]+)\1\)/g, (whole, _quote, url: string) => {
    if (/^(data:|#)/.test(url)) return whole;
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
