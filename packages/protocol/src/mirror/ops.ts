/**
 * The mirror stream. One frame's payload (inflated) is `epoch varint, seq varint, op*`. Frames of an
 * epoch are applied in order from seq 0; a gap means "ask for a resync". Node ids are integers from 1,
 * given once and never reused in a session; 0 means "none". Within a frame ids are written as the
 * signed difference to the last id written.
 *
 * A snapshot is no format of its own: it is `place` operations for the document's children, cut into
 * frames wherever the time budget ended, followed by `ready`.
 */
export const Op = {
  /** parent id, before id (0 = append), then items up to `Item.end`. */
  place: 1,
  /** id: the node and all below it leave the mirror. */
  remove: 2,
  /** id, name string, value string. */
  setAttribute: 3,
  /** id, name string. */
  removeAttribute: 4,
  /** text node id, new text. */
  text: 5,
  /** control id, current value (not the attribute). */
  value: 6,
  /** control id, bits: 1 checked, 2 indeterminate. */
  checked: 7,
  /** select id, count, indices of the selected options. */
  selected: 8,
  /** element or document id, left, top in CSS pixels. */
  scroll: 9,
  /** width, height of the layout viewport in CSS pixels (scrollbars included), width without scrollbars. */
  viewport: 10,
  /** x, y in the viewport's CSS pixels: the customer's mouse or finger. */
  cursor: 11,
  /** kind (Pseudo), id: the innermost element in that state, 0 when none. */
  pseudo: 12,
  /** anchor id, offset, focus id, offset; all 0 when nothing is selected. */
  selection: 13,
  /** url, base url, title, lang-independent; sent whenever one of them changed. */
  page: 14,
  /** sheet id, all rules as text: replaces them. */
  sheetText: 15,
  /** sheet id, index, one rule. */
  sheetInsert: 16,
  /** sheet id, index. */
  sheetDelete: 17,
  /** sheet id, bits: 1 disabled; media text. */
  sheetState: 18,
  /** document or shadow root id, count, sheet ids: adoptedStyleSheets. */
  adopt: 19,
  /** canvas or media id, its width, height, MIME type, encoded image (perhaps smaller): shown until something newer comes. */
  image: 20,
  /** id, TopLayer: how the element stands in the top layer. */
  topLayer: 21,
  /** The first complete picture of the epoch stands. */
  ready: 22,
  /** count, font keys, bytes of their file: answers a viewer that could not load it. */
  font: 23,
  /** bits by `mediaFeatures`: which of them hold at the customer. */
  environment: 24,
  /** control id, bits by `ControlState`. */
  controlState: 25,
  /** tag string: elements of this name are defined (`:defined`). */
  define: 26,
  /**
   * sheet's owner id, position, one rule: of a sheet that the viewer cannot read, and depending on a state. Positions
   * are the order among such rules of the sheet. An empty rule: the former ones are gone.
   */
  sheetAside: 27,
  /** id, Asset, MIME type, 1 when this is the last part, bytes: a file that the viewer could not load. */
  asset: 28,
  /** media id, bits (1 paused, 2 muted, 4 loop), position in milliseconds, rate in hundredths, volume in hundredths. */
  media: 29,
  /** id, animation number, PlayState, current time in milliseconds, rate in hundredths, JSON of keyframes and timing ("" when known). */
  animation: 30,
  /** element id, count, names: custom states (`:state()`). */
  states: 31,
  /** subtrees compared so far, subtrees repaired so far. */
  fidelity: 32,
  /** id: this subtree has drifted; the viewer is to compare its parts at once. */
  compare: 33,
  /**
   * iframe id, number of the frame (1 to 127), flags by `FrameFlag`, payload: a mirror frame of the page in it, which
   * is of another origin and has a stream of its own. Without a payload: nothing is known of that page any more.
   */
  frame: 34,
  /** count, font keys, SHA-256: their file is one that the viewer said it has. */
  knownFont: 35,
  /**
   * canvas or media id, width, height, left, top, width and height of the part that changed, 1 when the rest stays (0:
   * all transparent), deflated RGBA of the part, each byte XOR what this operation left there before.
   */
  pixels: 36,
} as const;

/** Item kinds in `place`: low four bits of the item byte. */
export const Item = {
  end: 0,
  /** id of a node that the mirror already has: it moves here with all below it. */
  move: 1,
  /** new element; tag string; [attributes]; [children]. */
  html: 2,
  svg: 3,
  mathml: 4,
  /** new text node; text. */
  text: 5,
  /** new shadow root of the enclosing element; children follow up to `end`. */
  shadowRoot: 6,
  /** new content document of the enclosing iframe: base url; children follow up to `end`. */
  document: 7,
  /** doctype: 1 standards mode, 0 quirks (one byte). */
  doctype: 8,
} as const;

/** High bits of the item byte. */
export const ItemFlag = {
  /** The id is the last new id plus one; otherwise a signed difference follows. */
  nextId: 0x10,
  attributes: 0x20,
  /** Children follow, up to `Item.end`. */
  children: 0x40,
  /** The only child is a text node with the next id; its text follows, without `end`. */
  text: 0x80,
} as const;

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
 * What a viewer could not load and asks for: the picture of an element, the text of its stylesheet, or a picture
 * behind it. Numbers from `background` on: `background + 3 * n` is the n-th address of the element's
 * background, one more that of its `::before`, two more that of its `::after`.
 */
export const Asset = { picture: 1, sheet: 2, aside: 3, poster: 4, background: 5 } as const;
export type Asset = number;

/** What backgrounds belong to, in the order of their numbers. */
export const backgroundPseudos = ["", "::before", "::after"] as const;

/** The addresses in a computed `background-image`, in order. */
export function backgroundUrls(value: string): string[] {
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

/** Strings up to this length are interned; a full table takes no more. Both sides count alike. */
export const INTERN_LENGTH = 96;
export const INTERN_ENTRIES = 16_384;
