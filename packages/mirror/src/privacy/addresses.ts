/** What stands in an address for what was cut. */
const CUT = "•";

const mail = /[^\s@/?&=#]+@[^\s@/?&=#]+\.[a-z]{2,}/i;
const signed = /eyJ[\w-]{8,}\.[\w-]*/;
const uuid = /[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/i;
const digits = /\d{9,}/;

/** Letters and digits mixed for so long are no word: words of an address have dashes between them. */
const token = /(?=[\w~]*\d)(?=[\w~]*[a-z])[\w~]{16,}/i;

/** Parameters that hold a secret in whatever address they stand. */
const secretName =
  /(?:^|[^a-z])(?:\w*token|auth\w*|sess\w*|sid|jsessionid|jwt|pass(?!e)\w*|pwd|secret|otp|e?mail\w*)$/i;

/** Parameters that hold one in a link; in a picture's address they are its version, or the right to see it. */
const secretLinkName =
  /(?:^|[^a-z])(?:pin|code|state|nonce|ticket|\w*key|sig|signature|hash|hmac|phone|tel|iban|ssn|card\w*|account\w*|assertion|saml\w*|invit\w*|reset|verif\w*|confirm\w*)$/i;

interface Rules {
  names: readonly RegExp[];
  values: readonly RegExp[];
}

const forLinks: Rules = {
  names: [secretName, secretLinkName],
  values: [mail, signed, uuid, digits, token],
};

/** Numbers and hashes in the addresses of files are names and versions, and the file would not load without them. */
const forFiles: Rules = { names: [secretName], values: [mail, signed] };

/** The address of a link, or of the page, without what looks like a secret: tokens, mail addresses, long numbers. */
export function linkWithoutSecrets(url: string): string {
  return without(url, forLinks);
}

/** The address of a picture, a style or the like, without session tokens and mail addresses. */
export function fileWithoutSecrets(url: string): string {
  return /^\s*(?:data|blob):/i.test(url) ? url : without(url, forFiles);
}

/** As `fileWithoutSecrets`, of each address in a `srcset`. */
export function filesWithoutSecrets(srcset: string): string {
  return /[?@]|eyJ/.test(srcset) ? srcset.replace(/[^\s,]\S*/g, fileWithoutSecrets) : srcset;
}

/** As `fileWithoutSecrets`, of each address in a style. */
export function styleWithoutSecrets(given: string): string {
  // There an address is a string by itself.
  const css = /image-set\(/i.test(given)
    ? given.replace(
        /(["'])([^"']*)\1/g,
        (_, quote: string, url: string) => quote + fileWithoutSecrets(url) + quote,
      )
    : given;
  if (!css.includes("url(")) return css;
  // What does not close is passed over, too: looking into it again from each `url(` takes too long.
  return css.replace(/url\((["']?)([^"')]*)(\1\))?/g, (whole, quote: string, url: string, end?: string) => {
    const cut = end === undefined ? url : fileWithoutSecrets(url);
    return cut === url ? whole : `url(${quote}${cut}${quote})`;
  });
}

/** The value of an attribute, without what looks like a secret if it is an address; others as they are. */
export function withoutSecrets(tag: string, name: string, value: string): string {
  switch (name) {
    case "style":
      return styleWithoutSecrets(value);
    case "href":
    case "xlink:href":
      return ofFiles.test(tag) ? fileWithoutSecrets(value) : linkWithoutSecrets(value);
    case "cite":
    case "longdesc":
      return linkWithoutSecrets(value);
    case "src":
      // Nothing loads a frame from its address: what is left serves stylesheets.
      return /^i?frame$/.test(tag) ? linkWithoutSecrets(value) : fileWithoutSecrets(value);
    case "poster":
    case "background":
    case "data":
      return fileWithoutSecrets(value);
    case "srcset":
    case "imagesrcset":
      return filesWithoutSecrets(value);
    default:
      return name.startsWith("data-") ? dataWithoutSecrets(name, value) : value;
  }
}

/** Elements whose `href` is what they show; in MathML any other element can be a link. */
const ofFiles =
  /^(?:link|base|image|feImage|use|textPath|mpath|pattern|filter|cursor|(?:linear|radial)Gradient|set|animate\w*)$/;

/** What scripts keep for themselves: addresses of links, and tokens that are called so. */
function dataWithoutSecrets(name: string, value: string): string {
  if (value.length >= 16 && isSecret(name, forLinks.names) && isSecret(value, forLinks.values)) return CUT;
  return /^(?:https?:)?\/\/|^\/[^\s]*\?/i.test(value) ? linkWithoutSecrets(value) : value;
}

function without(url: string, rules: Rules): string {
  const [, path = "", query = "", fragment = ""] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(url) ?? [];
  return pathWithout(path, rules) + parametersWithout(query, rules) + fragmentWithout(fragment, rules);
}

function pathWithout(path: string, { names, values }: Rules): string {
  const start = /^(?:[a-z][a-z\d+.-]*:)?(?:\/\/[^/]*)?/i.exec(path)?.[0] ?? "";
  const rest = path.slice(start.length).replace(/[^/;]+/g, (part) => {
    const [name = "", value] = part.split("=", 2);
    if (value !== undefined && isSecret(name, names)) return `${name}=${CUT}`;
    return isSecret(decoded(part), values) ? CUT : part;
  });
  // Names and passwords before the host.
  return start.replace(/\/\/[^/]*@/, "//") + rest;
}

function parametersWithout(query: string, { names, values }: Rules): string {
  return query.replace(/[^?&;#]+/g, (part) => {
    const at = part.indexOf("=");
    if (at < 0) return isSecret(decoded(part), values) ? CUT : part;
    const name = part.slice(0, at);
    return isSecret(decoded(name), names) || isSecret(decoded(part.slice(at + 1)), values)
      ? `${name}=${CUT}`
      : part;
  });
}

function fragmentWithout(fragment: string, rules: Rules): string {
  const at = fragment.search(/[?&=]/);
  if (at < 0) return pathWithout(fragment, rules);
  // A route with parameters, or parameters alone.
  const from = Math.max(1, fragment.indexOf("?"));
  return pathWithout(fragment.slice(0, from), rules) + parametersWithout(fragment.slice(from), rules);
}

/** No name is so long, and what is in a longer value is looked for in its beginning alone. */
const LONGEST = 256;

function isSecret(text: string, rules: readonly RegExp[]): boolean {
  if (text.length > LONGEST && rules === forLinks.values) return true;
  const start = text.slice(0, LONGEST);
  return text !== "" && rules.some((rule) => rule.test(start));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
