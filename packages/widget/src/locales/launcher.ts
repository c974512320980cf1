// Made by `npm run locales` from the folders beside it: adding a language is adding a folder.
import { launcher as de } from "./de/launcher.ts";
import { launcher as en } from "./en/launcher.ts";

export const languages: readonly string[] = ["de", "en"];

export const locales = { de, en };
