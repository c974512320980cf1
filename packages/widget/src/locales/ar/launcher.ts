import type { Translation } from "@copane/ui";
import type { LauncherMessages } from "../en/launcher.ts";

export const launcher: Translation<LauncherMessages> = {
  open: "احصل على مساعدة في هذه الصفحة",
  tooOld: "هذا المتصفح قديم جدًا ولا يمكنه مشاركة الصفحة. استخدم متصفحًا أحدث.",
  failed: "تعذّر الوصول إلى المساعدة. أعد المحاولة",
};
