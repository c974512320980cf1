import type { LauncherMessages } from "../en/launcher.ts";

export const launcher: LauncherMessages = {
  open: "Hilfe auf dieser Seite",
  tooOld: "Dieser Browser ist zu alt, um die Seite gemeinsam anzusehen. Mit einem neueren geht es.",
  failed: "Hilfe ist nicht erreichbar. Neuer Versuch",
};
