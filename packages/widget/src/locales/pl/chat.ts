import type { Translation } from "@copane/ui";
import type { ChatMessages } from "../en/chat.ts";

export const chat: Translation<ChatMessages> = {
  chatUnread: "Czat, nowe: {count}",
  message: "Wiadomość",
  send: "Wyślij",
  you: "Ty",
};
