// Made by `npm run locales` from the folders beside it: adding a language is adding a folder.
import { desk as de } from "./de/desk.ts";
import { desk as en } from "./en/desk.ts";

export const locales = { de, en };
