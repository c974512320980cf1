export type { HistoryMove, Notice } from "@copane/mirror/control";
export { type ChatLine, chatParts } from "../chat/wire.ts";
export type { Proposal } from "../control/wire.ts";
export type { Marks } from "../marks.ts";
export { AgentRest } from "../rest/agent.ts";
export { RestClient } from "../rest/rest.ts";
export type { ConnectionState } from "../transport/transport.ts";
export type { ControlWish } from "./options.ts";
export { AgentSession } from "./session.ts";
