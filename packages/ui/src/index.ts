export { h } from "./dom.ts";
export { Settling } from "./settling.ts";
export { fill, languageOf } from "./words.ts";
