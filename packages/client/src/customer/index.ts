export type { EarlyFinds, PrivacyPolicy } from "@copane/mirror/capture";
export type { SockJsConstructor } from "../transport/socket.ts";
export type { ConnectionState } from "../transport/transport.ts";
export type { ShownProposal } from "./proposals.ts";
export { CustomerSession, type CustomerSessionOptions } from "./session.ts";
