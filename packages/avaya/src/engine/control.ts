export { createActor } from "@copane/mirror/control";
