// Made by `npm run locales` from the folders beside it: adding a language is adding a folder.
export const languages: readonly string[] = "ar de en es fr he it ja nl pl pt-BR tr zh-CN".split(" ");
