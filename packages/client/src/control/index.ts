export { CustomerControl } from "./control.ts";
