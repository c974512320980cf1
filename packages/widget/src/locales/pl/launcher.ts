import type { Translation } from "@copane/ui";
import type { LauncherMessages } from "../en/launcher.ts";

export const launcher: Translation<LauncherMessages> = {
  open: "Pomoc na tej stronie",
  tooOld: "Ta przeglądarka jest za stara, aby udostępnić stronę. Użyj nowszej.",
  failed: "Pomoc jest nieosiągalna. Spróbuj ponownie",
};
