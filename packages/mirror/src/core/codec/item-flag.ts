/** High bits of the item byte. */

/** The id is the last new id plus one; otherwise a signed difference follows. */
export const nextId = 0x10;
export const attributes = 0x20;
/** Of a shadow root: scripts say what stands in its slots. */
export const manual = 0x20;
/** Of a node that moves: it keeps its state. */
export const kept = 0x20;
/** Children follow, up to `Item.end`. */
export const children = 0x40;
/** The only child is a text node with the next id; its text follows, without `end`. */
export const text = 0x80;
