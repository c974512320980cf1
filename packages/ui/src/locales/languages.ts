// Made by `npm run locales` from the folders beside it: adding a language is adding a folder.
export const languages: readonly string[] = "de en fr".split(" ");
