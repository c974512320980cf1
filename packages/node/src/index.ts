export type { AgentRole } from "@copane/protocol";
export {
  type AgentIdentity,
  signAgentToken,
  type TokenDemands,
  type TokenWish,
  verifyAgentToken,
} from "@copane/server/agent-token";
export {
  type CustomerIdentity,
  type IdentityDemands,
  type IdentityKey,
  signCustomerIdentity,
  verifyCustomerIdentity,
} from "@copane/server/customer-identity";
export { SIGNATURE_HEADER, signWebhook, verifyWebhook } from "@copane/server/webhook-signature";
