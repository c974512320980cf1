import type { Translation } from "@copane/ui";
import type { LauncherMessages } from "../en/launcher.ts";

export const launcher: Translation<LauncherMessages> = {
  open: "Hulp bij deze pagina",
  tooOld: "Deze browser is te oud om de pagina te delen. Met een nieuwere lukt het.",
  failed: "Hulp is niet bereikbaar. Probeer opnieuw",
};
