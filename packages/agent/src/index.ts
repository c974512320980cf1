export type { HostMessage, ViewMessage } from "@copane/agent-view";
export { type AgentViewEvents, CopaneAgentView, defineAgentView } from "@copane/agent-view";
export {
  AgentRest,
  AgentSession,
  type ChatLine,
  type ConnectionState,
  type ControlWish,
  type Notice,
  type Proposal,
  RestClient,
  type WaitingQuery,
  WaitingRest,
} from "@copane/client/agent";
export {
  type AgentWaitingJoinBody,
  CopaneError,
  type CustomerView,
  type EndReason,
  type Metadata,
  type SessionEvent,
  type SessionView,
  type Ticket,
  type WaitingAnswer,
} from "@copane/protocol";
export type { AgentViewAttributes } from "./attributes.ts";
export { customerLink } from "./link.ts";
