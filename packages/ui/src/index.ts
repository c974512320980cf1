export { h } from "./dom.ts";
export type { EndWords, ErrorWords } from "./locales/words.ts";
export { Settling } from "./settling.ts";
export { endText, errorText, fill, languageOf, type Plural, plural, wordsFor } from "./words.ts";
