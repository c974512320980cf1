// Made by `npm run locales` from the folders beside it: adding a language is adding a folder.
export const scripts = {
  ar: async () => (await import("./ar/view.ts")).view,
  de: async () => (await import("./de/view.ts")).view,
  es: async () => (await import("./es/view.ts")).view,
  fr: async () => (await import("./fr/view.ts")).view,
  he: async () => (await import("./he/view.ts")).view,
  it: async () => (await import("./it/view.ts")).view,
  ja: async () => (await import("./ja/view.ts")).view,
  nl: async () => (await import("./nl/view.ts")).view,
  pl: async () => (await import("./pl/view.ts")).view,
  "pt-BR": async () => (await import("./pt-BR/view.ts")).view,
  tr: async () => (await import("./tr/view.ts")).view,
  "zh-CN": async () => (await import("./zh-CN/view.ts")).view,
};
