// Made by `npm run locales` from the folders beside it: adding a language is adding a folder.
export const scripts = {
  de: async () => (await import("./de/admin.ts")).admin,
  fr: async () => (await import("./fr/admin.ts")).admin,
};
