import type { Translation } from "@copane/ui";
import type { LauncherMessages } from "../en/launcher.ts";

export const launcher: Translation<LauncherMessages> = {
  open: "Obter ajuda nesta página",
  tooOld: "Este navegador é antigo demais para compartilhar a página. Use um mais recente.",
  failed: "Não foi possível acessar a ajuda. Tentar de novo",
};
