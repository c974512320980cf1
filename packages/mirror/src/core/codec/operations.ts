/**
 * The mirror stream. One frame's payload (inflated) is `op*`; its header tells epoch and seq. Frames of an
 * epoch are applied in order from seq 0; a gap means "ask for a resync". Node ids are integers from 1,
 * given once and never reused in a session; 0 means "none". Within a frame ids are written as the
 * signed difference to the last id written.
 *
 * A snapshot is no format of its own: it is `place` operations for the document's children, cut into
 * frames wherever the time budget ended, followed by `ready`.
 *
 * These are constants of a module and no object, because bundlers then put the numbers where they are used.
 */

/** parent id, before id (0 = append), then items up to `Item.end`. */
export const place = 1;
/** id: the node and all below it leave the mirror. */
export const remove = 2;
/** id, name string, value string. */
export const setAttribute = 3;
/** id, name string. */
export const removeAttribute = 4;
/** text node id, new text. */
export const text = 5;
/** control id, current value (not the attribute). */
export const value = 6;
/** control id, bits: 1 checked, 2 indeterminate. */
export const checked = 7;
/** select id, count, indices of the selected options. */
export const selected = 8;
/** element or document id, left, top in CSS pixels. */
export const scroll = 9;
/** width, height of the layout viewport in CSS pixels (scrollbars included), width without scrollbars. */
export const viewport = 10;
/** x, y in the viewport's CSS pixels: the customer's mouse or finger. */
export const cursor = 11;
/** kind (Pseudo), id: the innermost element in that state, 0 when none. */
export const pseudo = 12;
/** anchor id, offset, focus id, offset; all 0 when nothing is selected. */
export const selection = 13;
/** url, base url, title, lang-independent; sent whenever one of them changed. */
export const page = 14;
/** sheet id, all rules as text: replaces them. */
export const sheetText = 15;
/** sheet id, index, one rule. */
export const sheetInsert = 16;
/** sheet id, index. */
export const sheetDelete = 17;
/** sheet id, bits: 1 disabled; media text. */
export const sheetState = 18;
/** document or shadow root id, count, sheet ids: adoptedStyleSheets. */
export const adopt = 19;
/** canvas or media id, its width, height, MIME type, encoded image (perhaps smaller): shown until something newer comes. */
export const image = 20;
/** id, TopLayer: how the element stands in the top layer. */
export const topLayer = 21;
/** The first complete picture of the epoch stands. */
export const ready = 22;
/** count, font keys, bytes of their file: answers a viewer that could not load it. */
export const font = 23;
/** bits by `mediaFeatures`: which of them hold at the customer. */
export const environment = 24;
/** control id, bits by `ControlState`. */
export const controlState = 25;
/** tag string: elements of this name are defined (`:defined`). */
export const define = 26;
/**
 * sheet's owner id, rules: those of a sheet that the viewer cannot read which may mean something else there, in their
 * order and groups, in one part or several. An empty part: the former ones are gone.
 */
export const sheetAside = 27;
/** id, Asset, MIME type, 1 when this is the last part, bytes: a file that the viewer could not load. */
export const asset = 28;
/** media id, bits (1 paused, 2 muted, 4 loop), position in milliseconds, rate in hundredths, volume in hundredths. */
export const media = 29;
/** id, animation number, PlayState, current time in milliseconds, rate in hundredths, JSON of keyframes and timing ("" when known). */
export const animation = 30;
/** element id, count, names: custom states (`:state()`). */
export const states = 31;
/** subtrees compared so far, subtrees repaired so far. */
export const fidelity = 32;
/** id: this subtree has drifted; the viewer is to compare its parts at once. */
export const compare = 33;
/**
 * iframe id, its number (1 to 127), flags by `FrameFlag`, page, epoch, seq, payload: a mirror frame of the page in it,
 * which is of another origin and has a stream of its own. `page` counts those of the page outside. Without a payload: nothing is known of that page any more.
 */
export const frame = 34;
/** count, font keys, SHA-256: their file is one that the viewer said it has. */
export const knownFont = 35;
/**
 * canvas or media id, width, height, left, top, width and height of the part that changed, 1 when the rest stays (0:
 * all transparent), deflated RGBA of the part, each byte XOR what this operation left there before.
 */
export const pixels = 36;
/**
 * id of a text node or of a constructed sheet, SHA-256: its text is the one with this hash, and a viewer that does not
 * have it asks. Empty: the hash follows in a moment.
 */
export const knownText = 37;
