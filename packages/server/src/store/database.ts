export type Param = string | number | boolean | null | Date | readonly string[];

/** One statement with its parameters (`$1`, `$2`, …). */
export type Statement = readonly [sql: string, params?: readonly Param[]];

/** The database cannot be used: it is away, full, locked, or has not the tables that it should have. */
export class StoreError extends Error {
  override name = "StoreError";
  /** What the database or the network called it. */
  readonly code: string | undefined;

  constructor(cause: unknown) {
    const { code, name } = cause as { code?: string; name: string };
    super(`The database cannot be used (${code ?? name}).`, { cause });
    this.code = code;
  }
}

/**
 * Whether the values that came with a statement are at fault (SQLSTATE classes 22 and 23): asking again does
 * not help.
 */
export function isRefused(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code !== undefined && /^2[23]...$/.test(code);
}

/** The error that a statement's failure is told by. */
export function storeError(error: unknown): unknown {
  return isRefused(error) ? error : new StoreError(error);
}

/**
 * A PostgreSQL, embedded or a real one: the same SQL runs on both. `bigint` comes as number, `timestamptz` as
 * Date, `jsonb` parsed. Every method rejects with StoreError, or with the database's own error when it refuses
 * the values.
 */
export interface Database {
  readonly kind: "embedded" | "postgresql";
  query<Row extends object>(sql: string, params?: readonly Param[]): Promise<Row[]>;
  /** All of them or none. Once it resolves, the rows outlive a crash of the process. */
  write(statements: readonly Statement[]): Promise<void>;
  close(): Promise<void>;
}
