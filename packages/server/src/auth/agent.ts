import { timingSafeEqual } from "node:crypto";
import {
  type AgentRole,
  CataloguedError,
  type Permission,
  permissionsOf,
  type SignInWay,
  type SignInWaysAnswer,
} from "@copane/protocol";
import { createRemoteJWKSet, type JWTVerifyGetKey, jwtVerify, SignJWT } from "jose";
import type { Config } from "../config/index.ts";
import { checksOf, identityOf, type TokenDemands, verifyAgentToken } from "./agent-token.ts";
import { type Caller, CallerAuth } from "./caller.ts";
import type { AgentIdentity } from "./identity.ts";
import { OidcProvider } from "./oidc.ts";
import { VerifiedTokens } from "./verified-tokens.ts";

/** How long a development sign-in lasts. */
const DEV_TOKEN_LIFE = "12h";
const DEV_AUDIENCE = "copane-development";

/**
 * Who is an agent: JWT by shared secret or key set, ID tokens of the company's OpenID Connect provider, and, only when
 * asked for, a development code.
 */
export class AgentAuth {
  readonly #config: Config;
  readonly #callers: CallerAuth;
  readonly #keys: JWTVerifyGetKey | undefined;
  readonly #provider: OidcProvider | undefined;
  /** Signs development tokens. */
  readonly #devSecret: Uint8Array;
  readonly #verified = new VerifiedTokens();

  /** @param devSecret one that outlives a restart keeps those signed in who are; 32 bytes */
  constructor(config: Config, devSecret: Uint8Array = crypto.getRandomValues(new Uint8Array(32))) {
    this.#config = config;
    this.#devSecret = devSecret;
    this.#callers = new CallerAuth(config);
    this.#keys = config.jwksUrl ? createRemoteJWKSet(new URL(config.jwksUrl)) : undefined;
    this.#provider = config.oidcIssuer ? new OidcProvider(config.oidcIssuer, config.oidcClientId) : undefined;
  }

  /** What the desk may offer to somebody who is not signed in. */
  get ways(): SignInWaysAnswer {
    const {
      oidcIssuer: issuer,
      oidcClientId: clientId,
      oidcScope: scope,
      jwtSecret,
      devSignIn,
    } = this.#config;
    const ways: SignInWay[] = [];
    if (this.#provider) ways.push("oidc");
    if (jwtSecret || this.#keys) ways.push("token");
    if (devSignIn) ways.push("code");
    return this.#provider ? { ways, oidc: { issuer, clientId, scope } } : { ways };
  }

  /** Origins that a page talks to in order to sign in. */
  async origins(): Promise<readonly string[]> {
    return this.#provider ? this.#provider.origins() : [];
  }

  /**
   * The agent behind an Authorization header, if the role allows what is asked. Without one the caller may be
   * an agent by the proxy or the network it comes from.
   * Throws AGENT_AUTH_REQUIRED, AGENT_AUTH_INVALID or ROLE_NOT_ALLOWED.
   */
  async verify(
    token: string | undefined,
    permission: Permission = "session.work",
    caller?: Caller,
  ): Promise<AgentIdentity> {
    const known = token === undefined && caller ? this.#callers.identify(caller) : undefined;
    const identity = known ?? (await this.identify(token));
    if (!permissionsOf[identity.role].includes(permission)) throw new CataloguedError("ROLE_NOT_ALLOWED");
    return identity;
  }

  /** The agent behind an Authorization header, or by proxy or network; undefined when it is nobody. */
  async known(token: string | undefined, caller: Caller): Promise<AgentIdentity | undefined> {
    if (token === undefined) return this.#callers.identify(caller);
    return this.identify(token).catch(() => undefined);
  }

  /** The agent behind an Authorization header. Throws AGENT_AUTH_REQUIRED or AGENT_AUTH_INVALID. */
  async identify(token: string | undefined): Promise<AgentIdentity> {
    if (token === undefined) throw new CataloguedError("AGENT_AUTH_REQUIRED");
    const verified = this.#verified.get(token);
    if (verified) return verified;
    for (const attempt of [
      () => this.#verifyReal(token),
      () => this.#verifyOidc(token),
      () => this.#verifyDev(token),
    ]) {
      try {
        const identity = await attempt();
        if (!identity) continue;
        this.#verified.put(token, identity);
        return identity;
      } catch {
        // Which check failed is nobody's business but the log's; the next one may accept.
      }
    }
    throw new CataloguedError("AGENT_AUTH_INVALID");
  }

  /** A token for the development sign-in. Throws NOT_FOUND when it is off, AGENT_AUTH_INVALID on a wrong code. */
  async signInForDevelopment(name: string, code: string, role: AgentRole = "agent"): Promise<string> {
    if (!this.#config.devSignIn) throw new CataloguedError("NOT_FOUND");
    const expected = Buffer.from(this.#config.devSignInCode);
    const given = Buffer.from(code);
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) {
      throw new CataloguedError("AGENT_AUTH_INVALID", {
        message: "The sign-in code is wrong. The server printed it at start.",
      });
    }
    return new SignJWT({ name, role })
      .setProtectedHeader({ alg: "HS256" })
      .setSubject(`dev:${name}`)
      .setAudience(DEV_AUDIENCE)
      .setIssuedAt()
      .setExpirationTime(DEV_TOKEN_LIFE)
      .sign(this.#devSecret);
  }

  async #verifyReal(token: string): Promise<AgentIdentity | undefined> {
    const { jwtSecret } = this.#config;
    const demands = demandsOf(this.#config);
    if (jwtSecret) return verifyAgentToken(jwtSecret, token, demands);
    if (!this.#keys) return undefined;
    const algorithms = ["RS256", "ES256", "EdDSA"];
    const { payload } = await jwtVerify(token, this.#keys, { ...checksOf(demands), algorithms });
    return identityOf(payload, demands.roleClaim);
  }

  async #verifyOidc(token: string): Promise<AgentIdentity | undefined> {
    return this.#provider && identityOf(await this.#provider.verify(token), this.#config.jwtRoleClaim);
  }

  async #verifyDev(token: string): Promise<AgentIdentity | undefined> {
    if (!this.#config.devSignIn) return undefined;
    const { payload } = await jwtVerify(token, this.#devSecret, {
      algorithms: ["HS256"],
      audience: DEV_AUDIENCE,
    });
    return identityOf(payload);
  }
}

/** What a configuration demands of agents' tokens. */
export function demandsOf({ jwtIssuer, jwtAudience, jwtRoleClaim }: Config): TokenDemands {
  return { issuer: jwtIssuer, audience: jwtAudience, roleClaim: jwtRoleClaim };
}
