import { CataloguedError } from "@copane/protocol";
import { createRemoteJWKSet, type JWTVerifyGetKey } from "jose";
import type { Config } from "../config/index.ts";
import { type CustomerIdentity, verifyCustomerIdentity } from "./customer-identity.ts";

/** Who a customer is: by an identity that the site's server signed. */
export class CustomerAuth {
  readonly #key: string | JWTVerifyGetKey;
  readonly #demands: { issuer: string; audience: string };

  constructor({ identitySecret, identityJwksUrl, identityIssuer, identityAudience }: Config) {
    this.#key = identityJwksUrl ? createRemoteJWKSet(new URL(identityJwksUrl)) : identitySecret;
    this.#demands = { issuer: identityIssuer, audience: identityAudience };
  }

  /** The customer of an identity. Rejects with IDENTITY_INVALID, or IDENTITY_NOT_SET_UP. */
  async verify(identity: string): Promise<CustomerIdentity> {
    if (this.#key === "") throw new CataloguedError("IDENTITY_NOT_SET_UP");
    try {
      return await verifyCustomerIdentity(this.#key, identity, this.#demands);
    } catch (cause) {
      throw new CataloguedError("IDENTITY_INVALID", { field: "identity", cause });
    }
  }
}
