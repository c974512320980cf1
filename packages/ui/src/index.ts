export { h } from "./dom.ts";
export { languages } from "./locales/languages.ts";
export type { EndWords, ErrorWords } from "./locales/words.ts";
export { isPlainKey } from "./plain-key.ts";
export { fillCounted } from "./plural.ts";
export { rove } from "./rove.ts";
export { Settling } from "./settling.ts";
export {
  directionOf,
  endText,
  errorText,
  fill,
  languageFor,
  type Translation,
  withEnglish,
} from "./words.ts";
