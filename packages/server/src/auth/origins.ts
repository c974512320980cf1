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
    return this.#origins.has("self") && host !== undefined && isOwn(origin, host);
  };
}

function isOwn(origin: string, host: string): boolean {
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}
