import type { FontKey } from "@copane/protocol";
import { fontKey, sameFont } from "../font-key.ts";

/** How often failed fonts are looked for: browsers do not fire `loadingerror` where no script may run. */
const LOOK_MS = 300;

/** Fonts kept for the pages to come, so that each crosses the wire once; the oldest go first. */
const MOST_KEPT = 64;

/**
 * Fonts that the agent's browser could not load: most sites give theirs to their own origin only. They are
 * asked for by name, and come from the customer's browser.
 */
export class ReplicaFonts {
  readonly #ask: (keys: FontKey[]) => void;
  readonly #kept: { key: FontKey; bytes: Uint8Array<ArrayBuffer> }[] = [];
  readonly #asked: FontKey[] = [];
  readonly #documents = new Set<Document>();
  /** Faces that were answered or asked for already. */
  readonly #seen = new WeakSet<FontFace>();
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(ask: (keys: FontKey[]) => void) {
    this.#ask = ask;
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
  }

  destroy(): void {
    clearInterval(this.#timer);
  }

  /** A new epoch: the customer forgot what it sent, and pages may use other fonts. */
  beginEpoch(): void {
    this.#asked.length = 0;
    this.#documents.clear();
  }

  watch(document: Document): void {
    this.#documents.add(document);
  }

  receive(key: FontKey, bytes: Uint8Array): void {
    const copy = new Uint8Array(bytes);
    this.#kept.push({ key, bytes: copy });
    if (this.#kept.length > MOST_KEPT) this.#kept.shift();
    for (const document of this.#documents) add(document, key, copy);
  }

  #look(): void {
    const wanted: FontKey[] = [];
    for (const document of this.#documents) {
      // Of a frame that is gone.
      if (!document.defaultView) {
        this.#documents.delete(document);
        continue;
      }
      for (const face of document.fonts) {
        if (face.status !== "error" || this.#seen.has(face)) continue;
        this.#seen.add(face);
        const key = keyOf(face);
        const kept = this.#kept.find((one) => sameFont(one.key, key));
        if (kept) add(document, key, kept.bytes);
        else if (!this.#asked.some((one) => sameFont(one, key))) wanted.push(key);
      }
    }
    if (wanted.length === 0) return;
    this.#asked.push(...wanted);
    this.#ask(wanted);
  }
}

function keyOf(face: FontFace): FontKey {
  const names: Record<string, string> = {
    "font-family": face.family,
    "font-style": face.style,
    "font-weight": face.weight,
    "font-stretch": face.stretch,
    "unicode-range": face.unicodeRange,
  };
  return fontKey((name) => names[name] ?? "");
}

function add(document: Document, key: FontKey, bytes: Uint8Array<ArrayBuffer>): void {
  const window = document.defaultView as (Window & typeof globalThis) | null;
  if (!window) return;
  const { family, style, weight, stretch, unicodeRange } = key;
  const face = new window.FontFace(family, bytes, { style, weight, stretch, unicodeRange });
  // Bytes that are no font leave the fallback that stands there already.
  face.load().then(
    () => document.fonts.add(face),
    () => {},
  );
}
