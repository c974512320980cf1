import type { Translation } from "@copane/ui";
import type { ChatMessages } from "../en/chat.ts";

export const chat: Translation<ChatMessages> = {
  chatUnread: "チャット、新着 {count} 件",
  message: "メッセージ",
  send: "送信",
  you: "自分",
};
