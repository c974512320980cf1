import type { Config, ConfigKey } from "./schema.ts";

/** What would take customers for somebody that they are not, or for agents. */
export function customerProblems(config: Config, say: (key: ConfigKey, text: string) => void): void {
  const { identitySecret, identityJwksUrl, jwtSecret, jwksUrl } = config;
  if (identitySecret && identitySecret.length < 32) say("identitySecret", "must have at least 32 characters");
  if (identitySecret && identitySecret === jwtSecret)
    say("identitySecret", "must not be COPANE_JWT_SECRET: a customer's identity would make an agent");
  if (!identityJwksUrl) return;
  if (identitySecret) say("identityJwksUrl", "cannot be used together with COPANE_IDENTITY_SECRET");
  if (identityJwksUrl === jwksUrl)
    say("identityJwksUrl", "must not be COPANE_JWKS_URL: a customer's identity would make an agent");
}
