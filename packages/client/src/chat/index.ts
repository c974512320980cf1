export { CustomerChat } from "./customer.ts";
