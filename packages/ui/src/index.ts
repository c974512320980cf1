export { h } from "./dom.ts";
export { languages } from "./locales/languages.ts";
export type { EndWords, ErrorWords } from "./locales/words.ts";
export { fillCounted } from "./plural.ts";
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
