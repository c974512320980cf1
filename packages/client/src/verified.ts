/** What browsers ask for where a page's rules want trusted types. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string };
}

type Importing = (url: string, hash: string | undefined, early?: boolean) => Promise<unknown>;

/**
 * Gives what imports scripts of ours: only one whose bytes have the hash that is known of it. `import()` takes no
 * hash, but it gives what an element has loaded before from the same address, and elements look at hashes. Once a
 * script is refused it is not imported: that would fetch it again, and take whatever comes. With `early` it only
 * comes into the browser's cache.
 * @param nonce that of our script's element, where the page's rules want one
 */
export function verifiedImports(nonce: string | undefined): Importing {
  // By what the browser has: a form of the page may be called so.
  const native: PropertyDescriptorMap = Object.getOwnPropertyDescriptors(Document.prototype);
  let trusted: ((url: string) => string) | undefined;

  const add = (url: string, hash: string, rel?: string): Promise<unknown> =>
    new Promise((done, failed) => {
      const element: HTMLScriptElement & HTMLLinkElement = Reflect.apply(
        native.createElement?.value,
        document,
        [rel ? "link" : "script"],
      );
      const over = (settle: (why?: unknown) => void) => () => {
        element.remove();
        settle(new Error(`${url} did not come, or is not what it should be`));
      };
      Object.assign(element, {
        nonce,
        crossOrigin: "anonymous",
        integrity: `sha256-${hash}`,
        onload: over(done),
        onerror: over(failed),
      });
      if (rel) Object.assign(element, { rel, as: "script", href: url });
      else {
        element.type = "module";
        element.src = trusted?.(url) ?? url;
      }
      Reflect.apply(native.documentElement?.get as () => Element, document, []).append(element);
    });

  /** A page that wants trusted types has to allow our policy's name. */
  const trust = (): void => {
    const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
    trusted = (url) => url;
    try {
      const policy = trustedTypes?.createPolicy("copane", { createScriptURL: trusted });
      if (policy) trusted = (url) => policy.createScriptURL(url);
    } catch {
      // Then links stand in: they need none.
    }
  };

  return async (url, hash, early) => {
    if (!hash) throw new Error(`${url} belongs to another version`);
    if (early) return add(url, hash, "preload");
    if (!trusted) trust();
    await add(url, hash).catch((error) => {
      if (error instanceof TypeError) return add(url, hash, "modulepreload");
      throw error;
    });
    return import(url);
  };
}
