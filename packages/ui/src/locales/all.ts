// Made by `npm run locales` from the folders beside it: adding a language is adding a folder.
import * as de from "./de/index.ts";

export const locales = { de };
