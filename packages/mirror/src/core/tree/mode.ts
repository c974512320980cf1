/** In which mode a document is laid out, as its doctype says. */
export const quirks = 0;
export const standards = 1;
/** As standards, but the lines of table cells are as old pages expect. */
export const limitedQuirks = 2;

export type DocumentMode = typeof quirks | typeof standards | typeof limitedQuirks;
