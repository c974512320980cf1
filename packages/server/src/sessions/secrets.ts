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

/** Eight random digits, different from those for which `taken` is true. */
export function newPassphrase(taken: (digits: string) => boolean): string {
  for (;;) {
    const digits = String(randomInt(0, 100_000_000)).padStart(8, "0");
    if (!taken(digits)) return digits;
  }
}
