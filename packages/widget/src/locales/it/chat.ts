import type { Translation } from "@copane/ui";
import type { ChatMessages } from "../en/chat.ts";

export const chat: Translation<ChatMessages> = {
  chatUnread: "Chat, {count} non letti",
  message: "Messaggio",
  send: "Invia",
  you: "Tu",
};
