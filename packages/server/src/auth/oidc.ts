import { createRemoteJWKSet, decodeJwt, type JWTPayload, jwtVerify } from "jose";

/** What a provider says about itself is asked for again after so long, in milliseconds; after a failure sooner. */
const KNOWN_MS = 3_600_000;
const FAILED_MS = 5_000;
const TIMEOUT_MS = 5_000;

/** Addresses that the desk calls, as far as the provider names them. */
const called = ["token_endpoint", "userinfo_endpoint", "end_session_endpoint", "jwks_uri"];

interface Provider {
  keys: ReturnType<typeof createRemoteJWKSet>;
  origins: string[];
}

/**
 * The company's OpenID Connect provider (OpenID Connect Discovery 1.0). The desk signs agents in there by itself
 * (authorization code with PKCE, no secret); the ID tokens that come of it are what this server believes.
 */
export class OidcProvider {
  readonly #issuer: string;
  readonly #clientId: string;
  #known: Promise<Provider> | undefined;
  #knownUntil = 0;

  /** @param issuer as the provider names itself, and as its tokens name it */
  constructor(issuer: string, clientId: string) {
    this.#issuer = issuer;
    this.#clientId = clientId;
  }

  /** What an ID token says that the provider signed for the desk. Rejects for every other. */
  async verify(token: string): Promise<JWTPayload> {
    // A token of somebody else must not wait for this provider.
    if (decodeJwt(token).iss !== this.#issuer) throw new Error("a token of another issuer");
    const { keys } = await this.#provider();
    const { payload } = await jwtVerify(token, keys, {
      issuer: this.#issuer,
      audience: this.#clientId,
      algorithms: ["RS256", "PS256", "ES256", "EdDSA"],
      requiredClaims: ["sub", "exp"],
      clockTolerance: 30,
    });
    return payload;
  }

  /** Origins that the desk's page talks to; of a provider that does not answer its issuer's alone. */
  async origins(): Promise<readonly string[]> {
    const own = new URL(this.#issuer).origin;
    const { origins } = await this.#provider().catch(() => ({ origins: [] }));
    return [...new Set([own, ...origins])];
  }

  #provider(): Promise<Provider> {
    if (this.#known && Date.now() < this.#knownUntil) return this.#known;
    this.#knownUntil = Date.now() + KNOWN_MS;
    const asked = this.#discover();
    this.#known = asked;
    asked.catch(() => {
      if (this.#known === asked) this.#knownUntil = Date.now() + FAILED_MS;
    });
    return asked;
  }

  async #discover(): Promise<Provider> {
    const address = `${this.#issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
    const answer = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: "error" });
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
    const said = (await answer.json()) as Record<string, unknown>;
    if (said.issuer !== this.#issuer) throw new Error(`${address} is of the issuer ${said.issuer}`);
    const keys = createRemoteJWKSet(new URL(String(said.jwks_uri)));
    const origins = called.flatMap((name) => {
      const address = String(said[name]);
      return URL.canParse(address) ? [new URL(address).origin] : [];
    });
    return { keys, origins };
  }
}
