/** What somebody at the company's side may do; the server decides by the sign-in. */
export type AgentRole = "agent" | "supervisor" | "admin" | "auditor";

/** From least to most; an auditor reads everything and does nothing. */
export const agentRoles: readonly AgentRole[] = ["agent", "auditor", "supervisor", "admin"];

/** What a role is made of. */
export type Permission =
  /** Start and join sessions with customers. */
  | "session.work"
  /** See the live sessions, and end one. */
  | "session.oversee"
  /** Read the history, its reports and exports. */
  | "audit.read"
  | "policy.read"
  | "policy.write";

export const permissionsOf: Record<AgentRole, readonly Permission[]> = {
  agent: ["session.work"],
  auditor: ["audit.read", "policy.read"],
  supervisor: ["session.work", "session.oversee", "audit.read"],
  admin: ["session.work", "session.oversee", "audit.read", "policy.read", "policy.write"],
};
