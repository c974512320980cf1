/** Item kinds in `place`: low four bits of the item byte. */

export const end = 0;
/** id of a node that the mirror already has: it moves here with all below it. */
export const move = 1;
/** new element; tag string; [attributes]; [children]. */
export const html = 2;
export const svg = 3;
export const mathml = 4;
/** new text node; text. */
export const text = 5;
/** new shadow root of the enclosing element; children follow up to `end`. */
export const shadowRoot = 6;
/** new content document of the enclosing iframe: base url; children follow up to `end`. */
export const document = 7;
/** doctype: the mode of the document (one byte). */
export const doctype = 8;
