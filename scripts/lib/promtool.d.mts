/** Path of a promtool; takes one out of the system's package where that is allowed. Throws when there is none. */
export function ensurePromtool(): Promise<string>;
