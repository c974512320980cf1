import type { FontKey } from "./wire.ts";

/**
 * The key of a font face from its CSS descriptors, in one spelling: a rule says `bold` and leaves out what
 * a FontFace object says in full.
 */
export function fontKey(descriptor: (name: string) => string): FontKey {
  const weight = descriptor("font-weight") || "400";
  return {
    family: descriptor("font-family").replace(/^["']|["']$/g, ""),
    style: descriptor("font-style") || "normal",
    weight: weight === "normal" ? "400" : weight === "bold" ? "700" : weight,
    stretch: (descriptor("font-stretch") || "normal").replace(/^100%$/, "normal"),
    unicodeRange: (descriptor("unicode-range") || "U+0-10FFFF").toUpperCase(),
  };
}

/** A font's key as one text: equal for equal fonts. */
export function fontId({ family, style, weight, stretch, unicodeRange }: FontKey): string {
  return JSON.stringify([family, style, weight, stretch, unicodeRange]);
}
