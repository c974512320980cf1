/** Finds a PostgreSQL for the tests or starts one. Throws when neither is possible. */
export function ensurePostgres(): Promise<{ url: string; stop(): void }>;
/** Throws when there is none. */
export function throwAwayDatabase(): Promise<{ url: string; drop(): Promise<void> }>;
