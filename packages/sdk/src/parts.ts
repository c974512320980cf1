/**
 * Fetches a script of the session by its name. In the package that is published this module is another: there the
 * scripts stand beside it, for the site's bundler to find (`scripts/lib/published.mjs` makes it).
 */
export function fetchPart(name: string): Promise<unknown> {
  return Promise.reject(new Error(`copane-${name}.js is in the built package only.`));
}
