export type { EarlyFinds, PrivacyPolicy } from "@copane/mirror/capture";
export type { ControlPolicy } from "@copane/mirror/control";
export type { Marks } from "../marks.ts";
export type { SockJsConstructor } from "../transport/socket.ts";
export type { ConnectionState } from "../transport/transport.ts";
export type { ShownProposal } from "./proposals.ts";
export { CustomerSession, type CustomerSessionOptions } from "./session.ts";
