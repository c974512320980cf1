import type { Translation } from "@copane/ui";
import type { ChatMessages } from "../en/chat.ts";

export const chat: Translation<ChatMessages> = {
  chatUnread: "Chat, {count} não lidas",
  message: "Mensagem",
  send: "Enviar",
  you: "Você",
};
