import { type User, UserManager, WebStorageStateStore } from "oidc-client-ts";
import { deskAddress } from "../server.ts";
import {
  expiresAt,
  type Identity,
  nameIn,
  type Provider,
  storedIdentity,
  storeIdentity,
} from "./identity.ts";

/** So long before its end a sign-in is renewed, in milliseconds. */
const BEFORE_MS = 60_000;
/** Between tries, while the provider does not answer. */
const RETRY_MS = 10_000;
/** Longest time that a browser's timer can count. */
const MOST_MS = 2 ** 31 - 1;

/**
 * The sign-in at the company's OpenID Connect provider: authorization code with PKCE, without a secret. The ID token
 * is what the server knows the agent by.
 */
export class CompanySignIn {
  readonly #provider: Provider;
  readonly #manager: UserManager;

  constructor(provider: Provider) {
    this.#provider = provider;
    this.#manager = new UserManager({
      authority: provider.issuer,
      client_id: provider.clientId,
      scope: provider.scope,
      redirect_uri: deskAddress,
      silent_redirect_uri: deskAddress,
      post_logout_redirect_uri: deskAddress,
      // One sign-in for all tabs of the desk.
      userStore: new WebStorageStateStore({ store: localStorage }),
      automaticSilentRenew: false,
    });
  }

  /** Leaves the page for the provider's. `wanted` stands in the desk's address afterwards, behind its path. */
  async begin(wanted: string): Promise<void> {
    await this.#manager.signinRedirect({ state: wanted });
  }

  /**
   * Takes what the provider led back with, and cleans the address.
   *
   * @throws ErrorResponse when the provider refused
   */
  async finish(): Promise<Identity> {
    try {
      const user = await this.#manager.signinRedirectCallback();
      history.replaceState(null, "", location.pathname + (typeof user.state === "string" ? user.state : ""));
      return this.#identity(user);
    } catch (error) {
      history.replaceState(null, "", location.pathname);
      throw error;
    }
  }

  /** In the hidden frame in which a sign-in is renewed: tells the desk around it. */
  async finishRenewal(): Promise<void> {
    await this.#manager.signinSilentCallback();
  }

  /**
   * Renews in good time and stores what came, until `signal`; `ended` when the provider does not want to any more.
   * Who is aborted, as by a sign-out, hears nothing of what was under way.
   */
  keep(
    identity: Identity,
    signal: AbortSignal,
    told: { renewed(next: Identity): void; ended(): void },
  ): void {
    const ends = expiresAt(identity.token);
    const renew = () => {
      this.#renew().then(
        (next) => {
          if (!signal.aborted) told.renewed(next);
        },
        () => {
          if (signal.aborted) return;
          if (Date.now() < ends) later(RETRY_MS);
          else told.ended();
        },
      );
    };
    const later = (ms: number) => {
      const timer = setTimeout(renew, Math.min(Math.max(ms, 0), MOST_MS));
      signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
    };
    later(ends - Date.now() - BEFORE_MS);
  }

  /** Signs out here and, where it can, at the provider, which leads back. */
  async end(): Promise<void> {
    const { end_session_endpoint: there } = await this.#manager.metadataService.getMetadata();
    if (there) await this.#manager.signoutRedirect();
    else await this.#manager.removeUser();
  }

  /** One tab renews for all: a refresh token may count only once. */
  async #renew(): Promise<Identity> {
    return await navigator.locks.request("copane.sign-in", async () => {
      const stored = storedIdentity();
      if (!stored) throw new Error("signed out meanwhile");
      if (expiresAt(stored.token) - Date.now() > BEFORE_MS) return stored;
      const user = await this.#manager.signinSilent();
      if (!user) throw new Error("the provider gave nobody");
      const identity = this.#identity(user);
      if (expiresAt(identity.token) <= Date.now()) throw new Error("the provider renewed nothing");
      if (!storedIdentity()) throw new Error("signed out meanwhile");
      storeIdentity(identity);
      return identity;
    });
  }

  #identity({ id_token: token, profile }: User): Identity {
    if (!token) throw new Error("the provider gave no ID token");
    const name = profile.name ?? profile.preferred_username ?? profile.email ?? nameIn(token);
    return { token, name, provider: this.#provider };
  }
}
