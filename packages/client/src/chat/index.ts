export { CustomerChat } from "./customer.ts";
export { type ChatLine, chatParts } from "./wire.ts";
