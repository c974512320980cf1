/** Finds a PostgreSQL for the tests or starts one. Throws when neither is possible. */
export function ensurePostgres(): Promise<{ url: string; stop(): void }>;
/** A PostgreSQL of the caller's own. Throws when there is none and none can be installed. */
export function startPostgres(): Promise<{
  url: string;
  stop(): void;
  /** Ends it, so that `again` can start it at the same port with the same data. */
  end(): Promise<void>;
  again(): Promise<void>;
}>;
/** Throws when there is none. */
export function throwAwayDatabase(): Promise<{ url: string; drop(): Promise<void> }>;
