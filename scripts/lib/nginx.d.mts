/** Path of an nginx; installs one where that is allowed. Throws when there is none. */
export function ensureNginx(): Promise<string>;
