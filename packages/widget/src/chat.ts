/** The chat: loaded by the session once somebody writes or wants to. */
export { CustomerChat } from "@copane/client/chat";
export { ChatBox } from "./ui/chat.ts";
export { chatStyle as style } from "./ui/chat-style.ts";
