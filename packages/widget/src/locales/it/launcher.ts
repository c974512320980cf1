import type { Translation } from "@copane/ui";
import type { LauncherMessages } from "../en/launcher.ts";

export const launcher: Translation<LauncherMessages> = {
  open: "Ricevi aiuto su questa pagina",
  tooOld: "Questo browser è troppo vecchio per condividere la pagina. Usane uno più recente.",
  failed: "L’assistenza non è raggiungibile. Riprova",
};
