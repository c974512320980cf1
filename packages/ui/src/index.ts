export { h } from "./dom.ts";
export type { EndWords, ErrorWords } from "./locales/words.ts";
export { fillCounted } from "./plural.ts";
export { Settling } from "./settling.ts";
export { endText, errorText, fill, languageOf, wordsFor } from "./words.ts";
