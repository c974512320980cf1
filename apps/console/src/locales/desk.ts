// Made by `npm run locales` from the folders beside it: adding a language is adding a folder.
export const scripts = {
  ar: async () => (await import("./ar/desk.ts")).desk,
  de: async () => (await import("./de/desk.ts")).desk,
  es: async () => (await import("./es/desk.ts")).desk,
  fr: async () => (await import("./fr/desk.ts")).desk,
  he: async () => (await import("./he/desk.ts")).desk,
  it: async () => (await import("./it/desk.ts")).desk,
  ja: async () => (await import("./ja/desk.ts")).desk,
  nl: async () => (await import("./nl/desk.ts")).desk,
  pl: async () => (await import("./pl/desk.ts")).desk,
  "pt-BR": async () => (await import("./pt-BR/desk.ts")).desk,
  tr: async () => (await import("./tr/desk.ts")).desk,
  "zh-CN": async () => (await import("./zh-CN/desk.ts")).desk,
};
