/**
 * Fetches a script of the session by its name. From the sources, as here, they come from the site's server. In the
 * package that is published this module is another: there the scripts stand beside it, for the site's bundler to find
 * (`scripts/lib/published.mjs` makes it).
 */
export function fetchPart(name: string): Promise<unknown> {
  const { server = "" } = window.copane ?? {};
  return import(/* @vite-ignore */ `${server.replace(/\/+$/, "")}/sdk/copane-${name}.js`);
}
