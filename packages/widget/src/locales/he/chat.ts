import type { Translation } from "@copane/ui";
import type { ChatMessages } from "../en/chat.ts";

export const chat: Translation<ChatMessages> = {
  chatUnread: "צ׳אט, {count} חדשות",
  message: "הודעה",
  send: "שליחה",
  you: "אני",
};
