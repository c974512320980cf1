import type { Translation } from "@copane/ui";
import type { ChatMessages } from "../en/chat.ts";

export const chat: Translation<ChatMessages> = {
  chatUnread: "Sohbet, {count} yeni",
  message: "İleti",
  send: "Gönder",
  you: "Siz",
};
