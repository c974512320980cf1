export const chat = {
  chatUnread: "Chat, {count} new",
  message: "Message",
  send: "Send",
  you: "You",
};

export type ChatMessages = typeof chat;
