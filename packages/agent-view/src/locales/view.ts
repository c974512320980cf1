// Made by `npm run locales` from the folders beside it: adding a language is adding a folder.
export const scripts = {
  de: async () => (await import("./de/view.ts")).view,
  fr: async () => (await import("./fr/view.ts")).view,
};
