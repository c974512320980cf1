// Made by `npm run locales` from the folders beside it: adding a language is adding a folder.
export const scripts = {
  ar: async () => (await import("./ar/admin.ts")).admin,
  de: async () => (await import("./de/admin.ts")).admin,
  es: async () => (await import("./es/admin.ts")).admin,
  fr: async () => (await import("./fr/admin.ts")).admin,
  he: async () => (await import("./he/admin.ts")).admin,
  it: async () => (await import("./it/admin.ts")).admin,
  ja: async () => (await import("./ja/admin.ts")).admin,
  nl: async () => (await import("./nl/admin.ts")).admin,
  pl: async () => (await import("./pl/admin.ts")).admin,
  "pt-BR": async () => (await import("./pt-BR/admin.ts")).admin,
  tr: async () => (await import("./tr/admin.ts")).admin,
  "zh-CN": async () => (await import("./zh-CN/admin.ts")).admin,
};
