// Made by `npm run locales` from the folders beside it: adding a language is adding a folder.
import { launcher as de } from "./de/launcher.ts";
import { launcher as fr } from "./fr/launcher.ts";

export const launchers = {
  de,
  fr,
};
