import { handledBy } from "../../core/codec/reader.ts";
import * as dom from "../../core/dom.ts";
import type { ReplicaFeature } from "../../core/replica-feature.ts";
import { fontId, keyOf } from "./font-key.ts";
import type { FontStore } from "./font-store.ts";
import { type FontKey, type FontOperations, fontReaders, MOST_OFFERED, type WantedFont } from "./wire.ts";

/** How often failed fonts are looked for: browsers do not fire `loadingerror` where no script may run. */
const POLL_MS = 300;

/** Faces of a document that are looked at. */
const MOST_FACES = 5_000;

/** Fonts kept for the pages to come, so that each crosses the wire once; the oldest go first. */
const MOST_KEPT = 64;

/**
 * Fonts that the agent's browser could not load: most sites give theirs to their own origin only. They are
 * asked for by name, and come from the customer's browser.
 */
export class FontsReplica implements ReplicaFeature, FontOperations {
  readonly handlers = handledBy<FontOperations>(this, fontReaders);
  readonly #ask: (wanted: WantedFont[]) => void;
  readonly #store: FontStore;
  readonly #kept = new Map<string, Uint8Array<ArrayBuffer>>();
  readonly #asked = new Set<string>();
  readonly #made = new Map<string, { key: FontKey; source: string }>();
  /** Files that the customer was told of: they are held until it answers. */
  readonly #offered = new Map<string, Uint8Array<ArrayBuffer>>();
  readonly #documents = new Set<Document>();
  /** Faces that were answered or asked for already. */
  readonly #seen = new WeakSet<FontFace>();
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(ask: (wanted: WantedFont[]) => void, store: FontStore) {
    this.#ask = ask;
    this.#store = store;
    this.#timer = setInterval(() => this.#poll(), POLL_MS);
  }

  destroy(): void {
    clearInterval(this.#timer);
  }

  /** A new epoch: the customer forgot what it sent, and pages may use other fonts. */
  beginEpoch(): void {
    this.#asked.clear();
    this.#offered.clear();
    this.#documents.clear();
    this.#made.clear();
  }

  document(document: Document): void {
    this.#documents.add(document);
    for (const { key, source } of this.#made.values()) addMade(document, key, source);
  }

  font(keys: readonly FontKey[], bytes: Uint8Array): void {
    const copy = new Uint8Array(bytes);
    this.#use(keys, copy);
    // Without a hash it is for this session alone.
    this.#store.put(keys, copy).catch(() => {});
  }

  /** The customer's page uses a file that is here from earlier. */
  knownFont(keys: readonly FontKey[], hash: string): void {
    const bytes = this.#offered.get(hash);
    if (bytes) this.#use(keys, bytes);
  }

  /** One that a script made: it is loaded when something is written in it. */
  madeFont(key: FontKey, source: string): void {
    const id = fontId(key);
    this.#made.set(id, { key, source });
    for (const document of this.#documents) addMade(document, key, source);
  }

  #use(keys: readonly FontKey[], bytes: Uint8Array<ArrayBuffer>): void {
    for (const key of keys) {
      this.#kept.set(fontId(key), bytes);
      for (const document of this.#documents) add(document, key, bytes);
    }
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) break;
      this.#kept.delete(oldest);
    }
  }

  #offer(key: FontKey): WantedFont {
    const has = this.#store.has(key).slice(0, MOST_OFFERED);
    for (const hash of has) {
      const bytes = this.#store.get(hash);
      if (bytes) this.#offered.set(hash, bytes);
    }
    return { key, has };
  }

  #poll(): void {
    const wanted: WantedFont[] = [];
    for (const document of this.#documents) {
      // Of a frame that is gone.
      if (!dom.defaultView(document)) {
        this.#documents.delete(document);
        continue;
      }
      let left = MOST_FACES;
      for (const face of dom.fonts(document)) {
        if (left-- === 0) break;
        if (face.status !== "error" || this.#seen.has(face)) continue;
        this.#seen.add(face);
        const key = keyOf(face);
        const kept = this.#kept.get(fontId(key));
        if (kept) add(document, key, kept);
        else if (!this.#asked.has(fontId(key))) wanted.push(this.#offer(key));
        this.#asked.add(fontId(key));
      }
    }
    if (wanted.length > 0) this.#ask(wanted);
  }
}

function add(document: Document, key: FontKey, bytes: Uint8Array<ArrayBuffer>): void {
  const face = make(document, key, bytes);
  // Bytes that are no font leave the fallback that stands there already.
  face?.load().then(
    () => dom.fonts(document).add(face),
    () => {},
  );
}

function addMade(document: Document, key: FontKey, source: string): void {
  const face = make(document, key, source);
  if (face) dom.fonts(document).add(face);
}

function make(document: Document, key: FontKey, source: string | BufferSource): FontFace | undefined {
  const window = dom.defaultView(document) as (Window & typeof globalThis) | null;
  const { family, style, weight, stretch, unicodeRange } = key;
  return window ? new window.FontFace(family, source, { style, weight, stretch, unicodeRange }) : undefined;
}
