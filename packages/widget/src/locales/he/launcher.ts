import type { Translation } from "@copane/ui";
import type { LauncherMessages } from "../en/launcher.ts";

export const launcher: Translation<LauncherMessages> = {
  open: "קבלת עזרה בדף הזה",
  tooOld: "הדפדפן הזה ישן מדי לשיתוף הדף. אפשר להשתמש בדפדפן חדש יותר.",
  failed: "אי אפשר להגיע לעזרה. ניסיון נוסף",
};
