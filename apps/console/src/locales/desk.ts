// Made by `npm run locales` from the folders beside it: adding a language is adding a folder.
export const scripts = {
  de: async () => (await import("./de/desk.ts")).desk,
  fr: async () => (await import("./fr/desk.ts")).desk,
};
