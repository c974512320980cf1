import * as dom from "../../core/dom.ts";
/**
 * The text of a stylesheet's file, from the browser's cache; undefined where this page may not have it.
 * @param encoding where neither the file nor its server names one: the page's own
 */
export async function sheetFile(href: string, encoding: string): Promise<string | undefined> {
  try {
    const response = await fetch(href, { credentials: "same-origin", cache: "force-cache" });
    const type = response.headers.get("content-type") ?? "";
    if (!response.ok || !type.startsWith("text/css")) return undefined;
    const bytes = new Uint8Array(await response.arrayBuffer());
    return decoded(bytes, /charset=["']?([^\s;"']+)/i.exec(type)?.[1] ?? namedIn(bytes) ?? encoding);
  } catch {
    return undefined;
  }
}

/** A byte order mark wins over all names. */
function decoded(bytes: Uint8Array, encoding: string): string {
  const [first, second] = bytes;
  const marked =
    first === 0xfe && second === 0xff ? "utf-16be" : first === 0xff && second === 0xfe && "utf-16le";
  const utf8 = first === 0xef && second === 0xbb;
  return new TextDecoder(marked || (utf8 ? "utf-8" : encoding)).decode(bytes);
}

function namedIn(bytes: Uint8Array): string | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 64));
  return /^@charset "([^"]+)";/.exec(start)?.[1];
}

/** The encoding of a sheet that does not name one: of its link, or of its document. */
export function encodingFor(sheet: CSSStyleSheet): string {
  let outer = sheet;
  while (outer.parentStyleSheet) outer = outer.parentStyleSheet;
  const owner = outer.ownerNode as Element | null;
  const document = owner && dom.ownerDocument(owner);
  return (owner && dom.getAttribute(owner, "charset")) || (document && dom.characterSet(document)) || "utf-8";
}
