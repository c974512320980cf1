/** Decides which pages may talk to this server; the same for REST, CORS and sockets. */
export class OriginPolicy {
  readonly #origins: ReadonlySet<string>;

  constructor(allowed: readonly string[]) {
    this.#origins = new Set(allowed);
  }

  /**
   * @param origin the Origin header; absent for requests that no page made, which need a token anyway
   * @param host the Host header, for `self`
   */
  allows = (origin: string | undefined, host: string | undefined): boolean => {
    if (origin === undefined) return true;
    if (this.#origins.has("*") || this.#origins.has(origin)) return true;
    return this.#origins.has("self") && this.isOwn(origin, host);
  };

  /** Whether it is the server's own origin, allowed or not. */
  isOwn = (origin: string | undefined, host: string | undefined): boolean => {
    if (origin === undefined || host === undefined) return false;
    return URL.canParse(origin) && new URL(origin).host === host;
  };

  /** The same as sources of a content security policy: who may put a page of ours into an iframe. */
  get frameAncestors(): string {
    // What SockJS's page has inside is of the server itself.
    const others = [...this.#origins].filter((origin) => origin !== "self");
    return ["'self'", ...others].join(" ");
  }
}
