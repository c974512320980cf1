import type { Translation } from "@copane/ui";
import type { LauncherMessages } from "../en/launcher.ts";

export const launcher: Translation<LauncherMessages> = {
  open: "このページでサポートを受ける",
  tooOld: "このブラウザーは古いため、ページを共有できません。新しいブラウザーをお使いください。",
  failed: "サポートに接続できません。もう一度試す",
};
