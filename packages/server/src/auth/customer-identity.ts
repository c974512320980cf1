import { limits, type Metadata } from "@copane/protocol";
import {
  type CryptoKey,
  type JWK,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  jwtVerify,
  SignJWT,
} from "jose";

/** Who a customer is, as the site's server signed it. */
export interface CustomerIdentity {
  /** The customer's id at the site, the identity's `sub`: 1 to 128 characters without blanks. */
  id: string;
  /** The name that agents see; 1 to 99 characters. */
  name?: string;
  /**
   * What agents see and search by besides: up to 16 names of letters, digits, `_` and `-`; values are texts of up to
   * 200 characters, finite numbers, true or false.
   */
  metadata?: Metadata;
}

/** What a server demands of identities: the values of its settings `COPANE_IDENTITY_…`. */
export interface IdentityDemands {
  /** `COPANE_IDENTITY_ISSUER`; empty or absent for any. */
  issuer?: string;
  /** `COPANE_IDENTITY_AUDIENCE`; empty or absent for any. */
  audience?: string;
}

/** A private key to sign with, whose public key is in the set at `COPANE_IDENTITY_JWKS_URL`. */
export interface IdentityKey {
  key: CryptoKey | JWK;
  alg: "RS256" | "ES256" | "EdDSA";
  /** Its name in the set. */
  kid?: string;
}

/** Identities live no longer than this, in seconds: nothing takes one back. */
const MOST_SECONDS = 86_400;
const TOLERANCE_S = 30;
const idForm = /^[\x21-\x7e]+$/;
const nameForm = /^[A-Za-z][\w-]{0,31}$/;

/**
 * Makes a customer's identity (JWT) for `copane.identify({ token })`.
 * @param key the server's `COPANE_IDENTITY_SECRET`, or a private key
 * Throws RangeError when the server would not take it.
 */
export async function signCustomerIdentity(
  key: string | IdentityKey,
  customer: CustomerIdentity & { seconds?: number },
  { issuer, audience }: IdentityDemands = {},
): Promise<string> {
  const { seconds = 3_600, id, name, metadata } = customer;
  if (!(seconds >= 1 && seconds <= MOST_SECONDS))
    throw new RangeError(`An identity counts for 1 to ${MOST_SECONDS} seconds.`);
  const said = {
    ...(name === undefined ? {} : { name }),
    ...(metadata === undefined ? {} : { metadata }),
  };
  customerOf({ sub: id, ...said });
  const at = Math.floor(Date.now() / 1_000);
  const { alg, kid } = typeof key === "string" ? { alg: "HS256", kid: undefined } : key;
  const unsigned = new SignJWT(said)
    .setProtectedHeader({ alg, typ: "JWT", ...(kid ? { kid } : {}) })
    .setSubject(id)
    .setIssuedAt(at)
    .setExpirationTime(at + Math.floor(seconds));
  if (issuer) unsigned.setIssuer(issuer);
  if (audience) unsigned.setAudience(audience);
  return await unsigned.sign(typeof key === "string" ? new TextEncoder().encode(key) : key.key);
}

/**
 * The customer of an identity, exactly as the server takes it.
 * @param key the server's `COPANE_IDENTITY_SECRET`, or what finds the public key
 * Rejects when it is not valid, has expired, lives too long, or has another issuer or audience.
 */
export async function verifyCustomerIdentity(
  key: string | JWTVerifyGetKey,
  token: string,
  { issuer, audience }: IdentityDemands = {},
): Promise<CustomerIdentity> {
  const checks: JWTVerifyOptions = {
    clockTolerance: TOLERANCE_S,
    requiredClaims: ["sub", "exp"],
    ...(issuer ? { issuer } : {}),
    ...(audience ? { audience } : {}),
  };
  const { payload } =
    typeof key === "string"
      ? await jwtVerify(token, new TextEncoder().encode(key), { ...checks, algorithms: ["HS256"] })
      : await jwtVerify(token, key, { ...checks, algorithms: ["RS256", "ES256", "EdDSA"] });
  if ((payload.exp ?? 0) > Date.now() / 1_000 + MOST_SECONDS + TOLERANCE_S)
    throw new RangeError(`An identity counts for at most ${MOST_SECONDS} seconds.`);
  return customerOf(payload);
}

/** Throws RangeError when an identity says what agents cannot be told. */
function customerOf({ sub = "", name, metadata }: JWTPayload): CustomerIdentity {
  if (sub.length > limits.referenceLength || !idForm.test(sub))
    throw new RangeError(
      `A customer's id must have 1 to ${limits.referenceLength} characters and no blanks.`,
    );
  if (name !== undefined && !isName(name))
    throw new RangeError(`A customer's name must have 1 to ${limits.nameLength} characters.`);
  if (metadata !== undefined && !isMetadata(metadata))
    throw new RangeError(
      `Metadata are at most ${limits.metadataNames} texts of up to ${limits.metadataLength} characters, ` +
        "finite numbers, true or false, by names like `ticket`.",
    );
  return {
    id: sub,
    ...(name === undefined ? {} : { name }),
    ...(metadata === undefined ? {} : { metadata }),
  };
}

function isName(name: unknown): name is string {
  return typeof name === "string" && name.trim() !== "" && name.length <= limits.nameLength;
}

function isMetadata(metadata: unknown): metadata is Metadata {
  if (typeof metadata !== "object" || metadata === null || Array.isArray(metadata)) return false;
  const entries = Object.entries(metadata);
  return (
    entries.length <= limits.metadataNames &&
    entries.every(
      ([name, value]) =>
        nameForm.test(name) &&
        (typeof value === "boolean" ||
          Number.isFinite(value) ||
          (typeof value === "string" && value.length <= limits.metadataLength)),
    )
  );
}
