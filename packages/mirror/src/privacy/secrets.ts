import { parentElementOrHost, parentOrHost } from "../core/walk.ts";
import { maskValue } from "./mask.ts";

/** Shorter values stand anywhere by chance: `Secrets` does not look for them in texts. */
export const SHORTEST = 4;

/** From this length on a value is looked for inside of words too. */
const DISTINCT = 8;

/** How far above a field its neighbours end. */
const LEVELS = 3;

/** What people put between the digits of a number. */
const spaces = /[ \u00a0-]/g;

/** Of a longer value this much is looked for, in pieces. */
const PIECE = 256;
const MOST_PIECES = 4;

/** Values that were in a field as a whole, and those that it went through while somebody typed; the newest of each. */
const MOST_SETTLED = 64;
const MOST_PASSING = 24;

/** Secret fields whose present values are looked for. */
const MOST_PRESENT = 256;

/**
 * The values of secret fields, now and earlier, for as long as a capture lasts: wherever one of them is about to leave
 * the browser, bullets leave in its place. Bounded, kept in memory alone, never logged.
 */
export class Secrets {
  readonly #short = new Map<string, WeakRef<Element>>();
  readonly #present = new Map<Element, string>();
  readonly #settled = new Set<string>();
  readonly #passing = new Set<string>();
  /** Each finds its values in one pass; undefined where there are none. */
  #all: RegExp | undefined;
  #distinct: RegExp | undefined;
  #shortest = 0;
  #changed = false;

  /** What stands in a secret field now. */
  learn(field: Element, value: string): void {
    const before = this.#present.get(field);
    if (before === value) return;
    this.#present.delete(field);
    if (this.#present.size < MOST_PRESENT) this.#present.set(field, value);
    if (value.length > 0 && value.length < SHORTEST) {
      this.#short.delete(value);
      this.#short.set(value, new WeakRef(placeOf(field)));
      for (const oldest of this.#short.keys())
        if (this.#short.size > MOST_PASSING) this.#short.delete(oldest);
    }
    // A value that is typed on was never the whole.
    if (before && value.startsWith(before) && this.#settled.delete(before))
      keep(this.#passing, before, MOST_PASSING);
    keep(this.#settled, value, MOST_SETTLED);
    this.#changed = true;
  }

  /** A field is gone, or turned out to hold no secret: what it held is not its present value any more. */
  leave(field: Element, forget = false): void {
    const value = this.#present.get(field);
    if (value === undefined) return;
    this.#present.delete(field);
    if (forget) this.#settled.delete(value);
    this.#changed = true;
  }

  clear(): void {
    this.#present.clear();
    this.#settled.clear();
    this.#passing.clear();
    this.#short.clear();
    this.#changed = true;
  }

  /** Whether a text repeats a secret. */
  isIn(text: string): boolean {
    return this.redact(text) !== text;
  }

  /** Whether a short value is that of a secret field, now or earlier, near which the element stands. */
  isShortNear(element: Element, value: string): boolean {
    const place = this.#short.get(value)?.deref();
    if (place === undefined) return false;
    for (let up: Node | null = element; up !== null; up = parentOrHost(up)) if (up === place) return true;
    return false;
  }

  /** A text with bullets in place of the secrets in it. */
  readonly redact = (text: string): string => {
    this.#build();
    return this.#all && text.length >= this.#shortest ? text.replace(this.#all, maskValue) : text;
  };

  /** As `redact`, for styles and names: a short value there is a length, a keyword or a number by chance. */
  readonly redactStyle = (text: string): string => {
    this.#build();
    return this.#distinct && text.length >= DISTINCT ? text.replace(this.#distinct, maskValue) : text;
  };

  /** Whether a name (of an attribute, an element) has a secret in it. */
  isInName(name: string): boolean {
    return this.redactStyle(name) !== name;
  }

  #build(): void {
    if (!this.#changed) return;
    this.#changed = false;
    const values = new Set<string>();
    for (const set of [this.#present.values(), this.#settled, this.#passing])
      for (const value of set) for (const piece of piecesOf(value)) values.add(piece);
    // The longest first: of two that begin alike the whole is masked.
    const sorted = [...values].sort((one, other) => other.length - one.length);
    this.#shortest = Math.min(...sorted.map((value) => value.replace(spaces, "").length));
    this.#all = patternOf(sorted);
    this.#distinct = patternOf(sorted.filter((value) => value.length >= DISTINCT));
  }
}

/** What is near a field: all in the third element above it. */
function placeOf(field: Element): Element {
  let place = field;
  for (let level = 0; level < LEVELS; level++) place = parentElementOrHost(place) ?? place;
  return place;
}

function patternOf(values: readonly string[]): RegExp | undefined {
  const sources = new Set(values.flatMap(sourcesOf));
  return sources.size > 0 ? new RegExp([...sources].join("|"), "giu") : undefined;
}

function keep(set: Set<string>, value: string, most: number): void {
  set.delete(value);
  set.add(value);
  for (const oldest of set) {
    if (set.size <= most) break;
    set.delete(oldest);
  }
}

function piecesOf(value: string): string[] {
  const trimmed = value.trim();
  if (trimmed.length <= PIECE) return trimmed.length >= SHORTEST ? [trimmed] : [];
  const pieces: string[] = [];
  for (let at = 0; at < trimmed.length && pieces.length < MOST_PIECES; at += PIECE) {
    const piece = trimmed.slice(at, at + PIECE);
    if (piece.length >= DISTINCT) pieces.push(piece);
  }
  return pieces;
}

/** Expressions for a value as it is, in an address, in JSON, and of a number with other spaces than were typed. */
function sourcesOf(value: string): string[] {
  const bare = value.replace(spaces, "");
  const isNumber = /^[A-Za-z]{0,4}\d[A-Za-z\d]*$/.test(bare) && /\d[A-Za-z]*\d/.test(bare);
  if (bare.length >= DISTINCT && isNumber) return [[...bare].map(literal).join("[ \\u00a0-]?")];
  const forms = [value];
  try {
    const encoded = encodeURIComponent(value);
    forms.push(encoded, encoded.replaceAll("%20", "+"));
  } catch {
    // Half of a character: no address holds it.
  }
  forms.push(JSON.stringify(value).slice(1, -1));
  return forms.map((form) => (value.length < DISTINCT ? alone(form) : literal(form)));
}

function alone(form: string): string {
  return `(?<![\\p{L}\\p{N}])${literal(form)}(?![\\p{L}\\p{N}])`;
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
