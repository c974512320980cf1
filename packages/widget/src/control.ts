/** What performs an agent's input, loaded by the session once control is asked for. */
export { createActor } from "@copane/mirror/control";
