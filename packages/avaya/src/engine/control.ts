export { CustomerControl } from "@copane/client/control";
