// Made by `npm run locales` from the folders beside it: adding a language is adding a folder.
export const scripts = {
  de: () => import("./de/index.ts"),
  fr: () => import("./fr/index.ts"),
};
