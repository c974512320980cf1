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

/** The key of a font that a document has. */
export function keyOf(face: FontFace): FontKey {
  const names: Record<string, string> = {
    "font-family": face.family,
    "font-style": face.style,
    "font-weight": face.weight,
    "font-stretch": face.stretch,
    "unicode-range": face.unicodeRange,
  };
  return fontKey((name) => names[name] ?? "");
}

/** A font's key as one text: equal for equal fonts. */
export function fontId({ family, style, weight, stretch, unicodeRange }: FontKey): string {
  return JSON.stringify([family, style, weight, stretch, unicodeRange]);
}
