// Made by `npm run locales` from the folders beside it: adding a language is adding a folder.
import { view as de } from "./de/view.ts";
import { view as en } from "./en/view.ts";

export const locales = { de, en };
