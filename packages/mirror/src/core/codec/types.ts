export const Pseudo = { hover: 1, focus: 2, active: 3, focusVisible: 4, target: 5, fullscreen: 6 } as const;
export type Pseudo = (typeof Pseudo)[keyof typeof Pseudo];

/** Media features in which the agent's browser may differ from the customer's, in the order of the bits. */
export const mediaFeatures = [
  "(prefers-color-scheme: dark)",
  "(prefers-reduced-motion: reduce)",
  "(prefers-contrast: more)",
  "(prefers-contrast: less)",
  "(prefers-reduced-transparency: reduce)",
  "(forced-colors: active)",
  "(hover: hover)",
  "(any-hover: hover)",
  "(pointer: fine)",
  "(pointer: coarse)",
  "(any-pointer: fine)",
  "(any-pointer: coarse)",
] as const;

/** State of a form control that no attribute tells. */
export const ControlState = { customError: 1, userInvalid: 2, userValid: 4, autofill: 8 } as const;

/**
 * What a viewer could not load and asks for: the picture of an element, the text of its stylesheet, a text that it
 * knows by its hash alone, or a picture that its style names. Numbers from `background` on: `background + 3 * n` is the n-th address of the element's
 * `pictureUrls`, one more that of its `::before`, two more that of its `::after`.
 */
export const Asset = { picture: 1, sheet: 2, aside: 3, poster: 4, text: 5, background: 6 } as const;
export type Asset = number;

/** What backgrounds belong to, in the order of their numbers. */
export const backgroundPseudos = ["", "::before", "::after"] as const;

/** Properties whose computed values name pictures. */
export const pictureProperties = [
  "background-image",
  "list-style-image",
  "border-image-source",
  "content",
  "mask-image",
] as const;

/** The addresses in a computed value, or in several, in order. */
export function pictureUrls(value: string): string[] {
  return [...value.matchAll(/url\("((?:[^"\\]|\\.)*)"\)/g)].map(([, url = ""]) =>
    url.replace(/\\(.)/g, "$1"),
  );
}

/** What changed in a canvas. */
export interface PixelPatch {
  width: number;
  height: number;
  left: number;
  top: number;
  partWidth: number;
  partHeight: number;
  /** Upon what was there; false: all that is not of the part is transparent. */
  over: boolean;
  /** Deflated. */
  bytes: Uint8Array;
}

/** How a video or sound stands. */
export interface MediaState {
  paused: boolean;
  muted: boolean;
  loop: boolean;
  positionMs: number;
  rate: number;
  /** 0 to 1. */
  volume: number;
}

export const PlayState = { running: 0, paused: 1, finished: 2, idle: 3 } as const;
export type PlayState = (typeof PlayState)[keyof typeof PlayState];

export const TopLayer = { none: 0, modal: 1, popover: 2 } as const;
export type TopLayer = (typeof TopLayer)[keyof typeof TopLayer];

/**
 * Names a font face on both sides: what CSS calls it, never an address, so that a viewer cannot ask for
 * anything that the page does not use as a font.
 */
export interface FontKey {
  family: string;
  style: string;
  weight: string;
  stretch: string;
  unicodeRange: string;
}

/** The document's own id: the parent of the first `place`, the window's id in `scroll`. */
export const DOCUMENT_ID = 1;

/** Texts of styles from this length on are told by their hash first. */
export const STYLE_TEXT_LENGTH = 4_096;

/** Strings up to this length are interned; a full table takes no more. Both sides count alike. */
export const INTERN_LENGTH = 96;
export const INTERN_ENTRIES = 16_384;
