import type { Translation } from "@copane/ui";
import type { ChatMessages } from "../en/chat.ts";

export const chat: Translation<ChatMessages> = {
  chatUnread: "Chat, {count} sin leer",
  message: "Mensaje",
  send: "Enviar",
  you: "Usted",
};
