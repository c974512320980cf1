import type { Translation } from "@copane/ui";
import type { LauncherMessages } from "../en/launcher.ts";

export const launcher: Translation<LauncherMessages> = {
  open: "Bu sayfada yardım alın",
  tooOld: "Bu tarayıcı sayfayı paylaşmak için çok eski. Daha yeni bir tarayıcı kullanın.",
  failed: "Yardıma ulaşılamıyor. Yeniden deneyin",
};
