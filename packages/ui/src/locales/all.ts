// Made by `npm run locales` from the folders beside it: adding a language is adding a folder.
export const scripts = {
  ar: () => import("./ar/index.ts"),
  de: () => import("./de/index.ts"),
  es: () => import("./es/index.ts"),
  fr: () => import("./fr/index.ts"),
  he: () => import("./he/index.ts"),
  it: () => import("./it/index.ts"),
  ja: () => import("./ja/index.ts"),
  nl: () => import("./nl/index.ts"),
  pl: () => import("./pl/index.ts"),
  "pt-BR": () => import("./pt-BR/index.ts"),
  tr: () => import("./tr/index.ts"),
  "zh-CN": () => import("./zh-CN/index.ts"),
};
