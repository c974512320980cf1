/**
 * A short number for what a node and those below it are, made alike on both sides: equal numbers mean that the
 * replica has not drifted from the page. What the replica changes on purpose is left out.
 */
export class Digest {
  #hash = 0x811c9dc5;

  /** Unsigned 32 bits. */
  get value(): number {
    return this.#hash >>> 0;
  }

  mix(number: number): void {
    this.#hash = Math.imul(this.#hash ^ number, 0x01000193);
  }

  /** All of a short text, the ends of a long one. */
  text(text: string): void {
    this.mix(text.length);
    const { length } = text;
    for (let i = 0; i < length; i++) {
      if (i === ENDS && length > 2 * ENDS) i = length - ENDS;
      const unit = text.charCodeAt(i);
      // A lone surrogate does not survive the wire.
      this.mix(unit >= 0xd800 && unit <= 0xdfff ? 0xfffd : unit);
    }
  }

  /** In any order: browsers keep attributes in that in which they were set. */
  attributes(pairs: Iterable<readonly [name: string, value: string]>): void {
    let sum = 0;
    for (const [name, value] of pairs) {
      if (ownWay.has(name) || name.startsWith("data-copane-")) continue;
      const one = new Digest();
      one.text(name);
      one.text(value);
      sum = (sum + one.value) | 0;
    }
    this.mix(sum);
  }
}

const ENDS = 48;

/** Elements of which only the place is compared: a stand-in is there, or what is inside is another's. */
export const opaqueTags: ReadonlySet<string> = new Set([
  "template",
  "textarea",
  "style",
  "link",
  "iframe",
  "frame",
  "object",
  "embed",
  "canvas",
  "base",
]);

/** Attributes that the replica sets in its own way. */
const ownWay = new Set([
  "src",
  "srcset",
  "href",
  "xlink:href",
  "poster",
  "type",
  "width",
  "height",
  "sandbox",
  "open",
  "disabled",
  "media",
]);
