import type { ChatMessages } from "../en/chat.ts";

export const chat: ChatMessages = {
  chatUnread: "Chat, {count} neu",
  message: "Nachricht",
  send: "Senden",
  you: "Sie",
};
