import { wordsFor } from "./language.ts";

const en = {
  chatUnread: "Chat, {count} new",
  message: "Message",
  send: "Send",
  you: "You",
};

export type ChatMessages = typeof en;

const de: ChatMessages = {
  chatUnread: "Chat, {count} neu",
  message: "Nachricht",
  send: "Senden",
  you: "Sie",
};

/** The words of the chat, which come with it. */
export function chatMessagesFor(language: string): ChatMessages {
  return wordsFor(language, { en, de });
}
