import { hash } from "node:crypto";
import { decodeJwt } from "jose";
import type { AgentIdentity } from "./identity.ts";

/** A key that is withdrawn counts so much longer at most; key sets are asked for again much later anyway. */
const KEPT_MS = 60_000;
const MOST = 1_000;

/**
 * Whom tokens were found to stand for a moment ago: an agent's requests come several at a time, and each check of a
 * signature is a job for another thread. Only hashes of tokens are kept.
 */
export class VerifiedTokens {
  readonly #known = new Map<string, { identity: AgentIdentity; until: number }>();

  /** Undefined: the token has to be verified. */
  get(token: string): AgentIdentity | undefined {
    const key = keyOf(token);
    const known = this.#known.get(key);
    if (known && Date.now() < known.until) return known.identity;
    this.#known.delete(key);
    return undefined;
  }

  /** @param token one that was verified just now */
  put(token: string, identity: AgentIdentity): void {
    const { exp } = decodeJwt(token);
    if (exp === undefined) return;
    // Those that came first go first.
    const [oldest] = this.#known.keys();
    if (oldest !== undefined && this.#known.size >= MOST) this.#known.delete(oldest);
    this.#known.set(keyOf(token), { identity, until: Math.min(exp * 1_000, Date.now() + KEPT_MS) });
  }
}

function keyOf(token: string): string {
  return hash("sha256", token, "base64url");
}
