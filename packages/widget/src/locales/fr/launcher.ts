import type { Translation } from "@copane/ui";
import type { LauncherMessages } from "../en/launcher.ts";

export const launcher: Translation<LauncherMessages> = {
  open: "Obtenir de l’aide sur cette page",
  tooOld: "Ce navigateur est trop ancien pour partager la page. Un navigateur plus récent le permet.",
  failed: "L’aide est injoignable. Réessayer",
};
