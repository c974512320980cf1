export type { Marks } from "../marks.ts";
export { RestClient } from "../rest/rest.ts";
export type { SockJsConstructor } from "../transport/socket.ts";
export type { ConnectionState } from "../transport/transport.ts";
export { AgentSession, type ControlWish } from "./session.ts";
