export type { CopaneConfig, CopaneEvents, SessionWidget, WidgetContext } from "./config.ts";
export { createWidget } from "./session.ts";
