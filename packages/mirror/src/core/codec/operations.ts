/**
 * The operations of the mirror stream: a name and a number each. What follows the number, how it is written and read,
 * stands in the `wire.ts` of the feature that the operation is of.
 *
 * A frame's payload (inflated) is a row of operations; its header tells page, epoch and seq. Frames of an epoch are
 * applied in order from seq 0; a gap means "ask for a resync". Node ids are integers from 1, given once and
 * never reused in a session; 0 means "none". Within a frame an id is written as its signed difference to the
 * last one.
 *
 * These are constants of a module and no object, because bundlers then put the numbers where they are used.
 */

// core/tree
export const place = 1;
export const remove = 2;
export const setAttribute = 3;
export const removeAttribute = 4;
export const text = 5;
// features/forms
export const value = 6;
export const checked = 7;
export const selected = 8;
export const controlState = 25;
// features/scroll
export const scroll = 9;
// features/page
export const viewport = 10;
export const sight = 42;
export const page = 14;
export const ready = 22;
export const environment = 24;
// features/pointing
export const cursor = 11;
// features/focus
export const pseudo = 12;
export const selection = 13;
// features/styles
export const sheetText = 15;
export const sheetInsert = 16;
export const sheetDelete = 17;
export const sheetState = 18;
export const adopt = 19;
export const sheetGone = 38;
// features/style-texts
export const knownText = 37;
// features/state-rules
export const stateRules = 27;
// features/pictures
export const image = 20;
export const pixels = 36;
// features/layers
export const topLayer = 21;
// features/fonts
export const font = 23;
export const knownFont = 35;
export const madeFont = 45;
// features/definitions
export const define = 26;
export const states = 31;
// features/assets
export const asset = 28;
// features/media
export const media = 29;
// features/animations
export const animation = 30;
// features/highlights
export const highlight = 41;
// features/properties
export const registerProperty = 39;
// features/timelines
export const timeline = 43;
export const begun = 44;
// features/slots
export const assign = 40;
// features/drift
export const fidelity = 32;
export const compare = 33;
// subframes
export const subframe = 34;
