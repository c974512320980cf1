import type { Translation } from "@copane/ui";
import type { ChatMessages } from "../en/chat.ts";

export const chat: Translation<ChatMessages> = {
  chatUnread: "聊天，{count} 条新消息",
  message: "消息",
  send: "发送",
  you: "您",
};
