import type { FontKey, MirrorWriter } from "@copane/protocol";
import { fontKey, sameFont } from "../../font-key.ts";
import { readableRules } from "../../readable-rules.ts";
import type { Budget } from "../budget.ts";
import type { Watcher } from "./types.ts";

/** A font beyond this does not fit a frame; the viewer keeps its fallback. */
const MOST_BYTES = 900 * 1024;

/**
 * Sends font files that a viewer cannot load by itself. Only faces that the page's own stylesheets declare
 * are answered, by what CSS calls them, and only with bytes that are a font: a viewer cannot make this
 * browser fetch anything else.
 */
export class FontWatcher implements Watcher {
  readonly #document: Document;
  readonly #writer: MirrorWriter;
  readonly #budget: Budget;
  readonly #onChange: () => void;
  readonly #ready: { key: FontKey; bytes: Uint8Array }[] = [];
  /** Addresses being fetched or sent in this epoch: each crosses once. */
  readonly #done = new Set<string>();

  constructor(document: Document, writer: MirrorWriter, budget: Budget, onChange: () => void) {
    this.#document = document;
    this.#writer = writer;
    this.#budget = budget;
    this.#onChange = onChange;
  }

  clear(): void {
    this.#ready.length = 0;
    this.#done.clear();
  }

  async request(keys: readonly FontKey[]): Promise<void> {
    const faces = declaredFaces(this.#document);
    for (const key of keys) {
      const face = faces.find((declared) => sameFont(declared.key, key));
      if (!face || this.#done.has(face.url)) continue;
      this.#done.add(face.url);
      const bytes = await fetchFont(face.url);
      if (!bytes) continue;
      this.#ready.push({ key, bytes });
      this.#onChange();
    }
  }

  flush(): boolean {
    for (let next = this.#ready.shift(); next !== undefined; next = this.#ready.shift()) {
      this.#writer.font(next.key, next.bytes);
      if (this.#budget.spent) return this.#ready.length === 0;
    }
    return true;
  }
}

function declaredFaces(document: Document): { key: FontKey; url: string }[] {
  const faces: { key: FontKey; url: string }[] = [];
  const collect = (sheet: CSSStyleSheet): void => {
    const base = sheet.href ?? document.baseURI;
    for (const rule of readableRules(sheet) ?? []) {
      if ("styleSheet" in rule && rule.styleSheet) collect(rule.styleSheet as CSSStyleSheet);
      if (rule.constructor.name !== "CSSFontFaceRule") continue;
      const { style } = rule as CSSFontFaceRule;
      const url = bestSource(style.getPropertyValue("src"), base);
      if (url) faces.push({ key: fontKey((name) => style.getPropertyValue(name)), url });
    }
  };
  for (const sheet of document.styleSheets) collect(sheet);
  return faces;
}

/** The first source in a format that browsers of today take. */
function bestSource(src: string, base: string): string | undefined {
  const urls = [...src.matchAll(/url\(\s*["']?([^"')]+)["']?\s*\)/g)].map(([, url]) => url as string);
  const url = urls.find((one) => /\.woff2?([?#]|$)/i.test(one)) ?? urls[0];
  if (!url || url.startsWith("data:")) return undefined;
  try {
    return new URL(url, base).href;
  } catch {
    return undefined;
  }
}

async function fetchFont(url: string): Promise<Uint8Array | undefined> {
  try {
    const response = await fetch(url, { credentials: "same-origin", cache: "force-cache" });
    if (!response.ok) return undefined;
    const bytes = new Uint8Array(await response.arrayBuffer());
    return bytes.length <= MOST_BYTES && isFont(bytes) ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** wOFF, wOF2, OTTO, true, or a TrueType version number. */
function isFont(bytes: Uint8Array): boolean {
  const magic = String.fromCharCode(...bytes.subarray(0, 4));
  return ["wOFF", "wOF2", "OTTO", "true", "\0\x01\0\0"].includes(magic);
}
