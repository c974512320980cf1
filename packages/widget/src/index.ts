export type * from "./api.ts";
export type { SessionWidget, WidgetContext } from "./config.ts";
export { createWidget } from "./session.ts";
