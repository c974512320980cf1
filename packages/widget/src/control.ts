/** What lets an agent act in the page and shows the customer where: loaded once control is asked for. */
export { CustomerControl } from "@copane/client/control";
export { controlStyle as style } from "./ui/control-style.ts";
export { ControlUi } from "./ui/control-ui.ts";
