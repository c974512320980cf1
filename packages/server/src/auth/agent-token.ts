import { type AgentRole, limits } from "@copane/protocol";
import { type JWTPayload, type JWTVerifyOptions, jwtVerify, SignJWT } from "jose";
import type { AgentIdentity } from "./identity.ts";
import { roleFrom } from "./roles.ts";

export type { AgentIdentity } from "./identity.ts";

/** What a server demands of agents' tokens: the values of its settings `COPANE_JWT_…`. */
export interface TokenDemands {
  /** `COPANE_JWT_ISSUER`; empty or absent for any. */
  issuer?: string;
  /** `COPANE_JWT_AUDIENCE`; empty or absent for any. */
  audience?: string;
  /** `COPANE_JWT_ROLE_CLAIM`; `role` by default. */
  roleClaim?: string;
}

/** The agent of a token to be made. */
export interface TokenWish {
  /** The agent's id at the company, the token's `sub`. */
  id: string;
  /** The name that customers see; 1 to 99 characters. */
  name: string;
  /** What the agent may; `agent` by default. */
  role?: AgentRole;
  /** How long it counts; an hour by default. Nothing takes it back before. */
  seconds?: number;
}

/** Tokens live no longer than this, in seconds: nothing takes one back. */
const MOST_SECONDS = 86_400;

/**
 * Makes an agent's token (JWT, HS256).
 * @param secret the server's `COPANE_JWT_SECRET`
 * Throws RangeError when the wish cannot be met.
 */
export async function signAgentToken(
  secret: string,
  { id, name, role = "agent", seconds = 3_600 }: TokenWish,
  { issuer, audience, roleClaim = "role" }: TokenDemands = {},
): Promise<string> {
  if (!id) throw new RangeError("The agent's id is empty.");
  if (!name || name.length > limits.nameLength)
    throw new RangeError(`The agent's name must have 1 to ${limits.nameLength} characters.`);
  if (!(seconds >= 1 && seconds <= MOST_SECONDS))
    throw new RangeError(`A token counts for 1 to ${MOST_SECONDS} seconds.`);
  const at = Math.floor(Date.now() / 1_000);
  const unsigned = new SignJWT({ [roleClaim]: role, name })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(id)
    .setIssuedAt(at)
    .setExpirationTime(at + Math.floor(seconds));
  if (issuer) unsigned.setIssuer(issuer);
  if (audience) unsigned.setAudience(audience);
  return await unsigned.sign(keyOf(secret));
}

/**
 * The agent behind a token (JWT, HS256), exactly as the server takes it.
 * @param secret the server's `COPANE_JWT_SECRET`
 * Rejects when the token is not valid, has expired, or has another issuer or audience.
 */
export async function verifyAgentToken(
  secret: string,
  token: string,
  demands: TokenDemands = {},
): Promise<AgentIdentity> {
  const verified = await jwtVerify(token, keyOf(secret), { ...checksOf(demands), algorithms: ["HS256"] });
  return identityOf(verified.payload, demands.roleClaim);
}

/** What is checked of every token, whoever signed it. */
export function checksOf({ issuer, audience }: TokenDemands): JWTVerifyOptions {
  return {
    clockTolerance: 30,
    requiredClaims: ["sub", "exp"],
    ...(issuer ? { issuer } : {}),
    ...(audience ? { audience } : {}),
  };
}

/** The agent that a verified token names. Throws when it names none. */
export function identityOf(payload: JWTPayload, roleClaim = "role"): AgentIdentity {
  const { sub, name } = payload;
  if (!sub) throw new Error("The token names no agent (`sub`).");
  const role = roleFrom(payload, roleClaim);
  return typeof name === "string" && name
    ? { agentId: sub, name: name.slice(0, limits.nameLength), role }
    : { agentId: sub, role };
}

function keyOf(secret: string): Uint8Array {
  return new TextEncoder().encode(secret);
}
