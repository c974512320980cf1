/** Throws when there is none. */
export function throwAwayDatabase(): Promise<{ url: string; drop(): Promise<void> }>;
