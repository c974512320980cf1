// Made by `npm run locales` from the folders beside it: adding a language is adding a folder.
import { launcher as ar } from "./ar/launcher.ts";
import { launcher as de } from "./de/launcher.ts";
import { launcher as es } from "./es/launcher.ts";
import { launcher as fr } from "./fr/launcher.ts";
import { launcher as he } from "./he/launcher.ts";
import { launcher as it } from "./it/launcher.ts";
import { launcher as ja } from "./ja/launcher.ts";
import { launcher as nl } from "./nl/launcher.ts";
import { launcher as pl } from "./pl/launcher.ts";
import { launcher as ptBR } from "./pt-BR/launcher.ts";
import { launcher as tr } from "./tr/launcher.ts";
import { launcher as zhCN } from "./zh-CN/launcher.ts";

export const launchers = {
  ar,
  de,
  es,
  fr,
  he,
  it,
  ja,
  nl,
  pl,
  "pt-BR": ptBR,
  tr,
  "zh-CN": zhCN,
};
