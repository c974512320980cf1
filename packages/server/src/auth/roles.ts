import { type AgentRole, agentRoles } from "@copane/protocol";

/**
 * The role that a token's claim names: a string or a list of strings, of which the highest known counts; an agent
 * when it names none. `claim` is the claim's name, or a way through nested ones (`realm_access.roles`).
 */
export function roleFrom(payload: Record<string, unknown>, claim: string): AgentRole {
  const value = payload[claim] ?? nested(payload, claim);
  const named = Array.isArray(value) ? value : [value];
  return [...agentRoles].reverse().find((role) => named.includes(role)) ?? "agent";
}

function nested(payload: Record<string, unknown>, claim: string): unknown {
  let at: unknown = payload;
  for (const part of claim.split(".")) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Record<string, unknown>)[part];
  }
  return at;
}
