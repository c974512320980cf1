/** Names up to this length are interned; a full table takes no more. Writer and reader count alike. */
export const INTERN_LENGTH = 96;
export const INTERN_ENTRIES = 16_384;
