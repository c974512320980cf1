import type { LauncherMessages } from "../en/launcher.ts";

export const launcher: LauncherMessages = {
  open: "Hilfe auf dieser Seite",
  failed: "Hilfe ist nicht erreichbar. Neuer Versuch",
};
