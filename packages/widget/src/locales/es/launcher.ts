import type { Translation } from "@copane/ui";
import type { LauncherMessages } from "../en/launcher.ts";

export const launcher: Translation<LauncherMessages> = {
  open: "Obtener ayuda en esta página",
  tooOld: "Este navegador es demasiado antiguo para compartir la página. Use uno más reciente.",
  failed: "No se puede acceder a la ayuda. Reintentar",
};
