// Made by `npm run locales` from the folders beside it: adding a language is adding a folder.
import { admin as de } from "./de/admin.ts";
import { admin as en } from "./en/admin.ts";

export const locales = { de, en };
