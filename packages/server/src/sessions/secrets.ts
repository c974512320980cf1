import { createHash, randomBytes, randomInt } from "node:crypto";

/** A bearer token: 256 bits, unguessable. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What we keep of a token. Looking up by hash tells nothing through timing. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

export function newSessionId(): string {
  return randomBytes(12).toString("base64url");
}

/** So many random digits; at most 14, which is as far as `randomInt` goes. */
export function newDigits(count: number): string {
  return String(randomInt(0, 10 ** count)).padStart(count, "0");
}
