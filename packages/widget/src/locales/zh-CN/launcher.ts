import type { Translation } from "@copane/ui";
import type { LauncherMessages } from "../en/launcher.ts";

export const launcher: Translation<LauncherMessages> = {
  open: "获取此页面的帮助",
  tooOld: "此浏览器版本过旧，无法共享页面。请使用较新的浏览器。",
  failed: "无法连接到帮助。重试",
};
