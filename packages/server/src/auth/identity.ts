import type { AgentRole } from "@copane/protocol";

/** Somebody at the company's side, as the sign-in gave it. */
export interface AgentIdentity {
  agentId: string;
  name?: string;
  role: AgentRole;
}
