import type { CaptureFeature, CaptureParts } from "../../core/capture-feature.ts";
import type { MirrorWriter } from "../../core/codec/writer.ts";
import * as dom from "../../core/dom.ts";
import type { Budget } from "../../core/flow/budget.ts";
import type { MadeFonts } from "../../core/made-fonts.ts";
import { sha256 } from "../../core/sha256.ts";
import { readableRules } from "../styles/readable-rules.ts";
import { fontId, fontKey, keyOf } from "./font-key.ts";
import type { FontKey, WantedFont } from "./wire.ts";
import { writeFont, writeKnownFont, writeMadeFont } from "./wire.ts";

/** A font beyond this does not fit a frame; the viewer keeps its fallback. */
const MOST_BYTES = 900 * 1024;

/** Fonts that scripts made are looked for this often, and among so many, in milliseconds. */
const LOOK_MS = 500;
const MOST_FACES = 1_000;

/**
 * Sends font files that a viewer cannot load by itself. Only faces that the page's own stylesheets declare
 * are answered, by what CSS calls them, and only with bytes that are a font: a viewer cannot make this
 * browser fetch anything else. A file that the viewer has from earlier stays here: only this browser knows what
 * the page really uses.
 */
export class FontsCapture implements CaptureFeature {
  readonly #document: Document;
  readonly #writer: MirrorWriter;
  readonly #budget: Budget;
  readonly #onChange: () => void;
  readonly #ready: { keys: FontKey[]; file: Uint8Array | string }[] = [];
  /** Fonts whose bytes are sent in this epoch, or cannot be: each crosses once. */
  readonly #done = new Set<string>();

  /** Those that scripts made and viewers know of, with what from where that is text. */
  readonly #told = new Map<FontFace, string | undefined>();
  readonly #made: MadeFonts;
  readonly #now: () => number;
  #lookedAt = 0;

  constructor({ window: { document }, writer, budget, early, now, onChange }: CaptureParts) {
    this.#made = early.fonts;
    this.#now = now;
    this.#document = document;
    this.#writer = writer;
    this.#budget = budget;
    this.#onChange = onChange;
  }

  beginEpoch(): void {
    this.#ready.length = 0;
    this.#done.clear();
    this.#told.clear();
    this.#lookedAt = 0;
  }

  poll(): boolean {
    if (!this.#made.sources || this.#now() - this.#lookedAt < LOOK_MS) return false;
    this.#lookedAt = this.#now();
    return this.#untold().length > 0;
  }

  #untold(): FontFace[] {
    const { sources } = this.#made;
    if (!sources) return [];
    const faces = [...dom.fonts(this.#document)].slice(-MOST_FACES);
    return faces.filter((face) => sources.has(face) && !this.#told.has(face));
  }

  #tell(face: FontFace): void {
    const key = keyOf(face);
    const source = this.#made.sources?.get(face);
    const bytes = bytesOf(source);
    const text = bytes ? undefined : withWholeAddresses(String(source), dom.baseURI(this.#document));
    this.#told.set(face, text);
    if (text !== undefined) writeMadeFont(this.#writer, key, text);
    else if (bytes && bytes.length <= MOST_BYTES && isFont(bytes))
      this.#ready.push({ keys: [key], file: bytes });
  }

  async request(wanted: readonly WantedFont[]): Promise<void> {
    const faces = declaredFaces(this.#document);
    for (const [face, source] of this.#told) {
      const url = bestSource(source ?? "", dom.baseURI(this.#document));
      if (url) faces.set(fontId(keyOf(face)), url);
    }
    // Faces of several weights can share a file.
    const files = new Map<string, WantedFont[]>();
    for (const font of wanted) {
      const url = faces.get(fontId(font.key));
      if (!url || this.#done.has(fontId(font.key))) continue;
      const others = files.get(url);
      if (others) others.push(font);
      else files.set(url, [font]);
    }
    for (const [url, fonts] of files) await this.#answer(url, fonts);
  }

  async #answer(url: string, fonts: readonly WantedFont[]): Promise<void> {
    const bytes = await fetchFont(url);
    const hash = bytes && fonts.some(({ has }) => has.length > 0) ? await sha256(bytes) : undefined;
    const known: FontKey[] = [];
    const unknown: FontKey[] = [];
    for (const { key, has } of fonts) {
      if (hash !== undefined && has.includes(hash)) known.push(key);
      else if (!this.#done.has(fontId(key))) {
        this.#done.add(fontId(key));
        unknown.push(key);
      }
    }
    if (hash !== undefined && known.length > 0) this.#ready.push({ keys: known, file: hash });
    if (bytes && unknown.length > 0) this.#ready.push({ keys: unknown, file: bytes });
    this.#onChange();
  }

  flush(): boolean {
    for (const face of this.#untold()) this.#tell(face);
    for (let next = this.#ready.shift(); next !== undefined; next = this.#ready.shift()) {
      const { keys, file } = next;
      if (typeof file === "string") writeKnownFont(this.#writer, keys, file);
      else writeFont(this.#writer, keys, file);
      if (this.#budget.spent) return this.#ready.length === 0;
    }
    return true;
  }
}

/** Addresses of the fonts that the page declares. */
function declaredFaces(document: Document): Map<string, string> {
  const faces = new Map<string, string>();
  const collect = (sheet: CSSStyleSheet): void => {
    const base = sheet.href ?? dom.baseURI(document);
    for (const rule of readableRules(sheet) ?? []) {
      if ("styleSheet" in rule && rule.styleSheet) collect(rule.styleSheet as CSSStyleSheet);
      if (rule.constructor.name !== "CSSFontFaceRule") continue;
      const { style } = rule as CSSFontFaceRule;
      const url = bestSource(style.getPropertyValue("src"), base);
      const id = fontId(fontKey((name) => style.getPropertyValue(name)));
      if (url && !faces.has(id)) faces.set(id, url);
    }
  };
  for (const sheet of dom.styleSheets(document)) collect(sheet);
  return faces;
}

function withWholeAddresses(source: string, base: string): string {
  return source.replace(/url\((?:"([^"]*)"|'([^']*)'|([^()"']+))\)/g, (all, ...quoted) => {
    const url = quoted.slice(0, 3).find((one) => one !== undefined);
    return URL.canParse(url, base) ? `url("${new URL(url, base).href}")` : all;
  });
}

function bytesOf(source: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  return source instanceof Object ? new Uint8Array(source as ArrayBuffer) : undefined;
}

/** The first source in a format that browsers of today take. */
function bestSource(src: string, base: string): string | undefined {
  const found = [...src.matchAll(/url\(\s*["']?([^"')]+)(["']?\s*\))?/g)];
  const urls = found.filter(([, , end]) => end !== undefined).map(([, url]) => url as string);
  const url = urls.find((one) => /\.woff2?([?#]|$)/i.test(one)) ?? urls[0];
  if (!url || url.startsWith("data:")) return undefined;
  try {
    return new URL(url, base).href;
  } catch {
    return undefined;
  }
}

async function fetchFont(url: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
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
