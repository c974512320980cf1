import type { Translation } from "@copane/ui";
import type { ChatMessages } from "../en/chat.ts";

export const chat: Translation<ChatMessages> = {
  chatUnread: "المحادثة، {count} جديدة",
  message: "رسالة",
  send: "إرسال",
  you: "أنت",
};
