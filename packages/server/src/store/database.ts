export type Param = string | number | boolean | null | Date | readonly string[];

/** One statement with its parameters (`$1`, `$2`, …). */
export type Statement = readonly [sql: string, params?: readonly Param[]];

/**
 * A PostgreSQL, embedded or a real one: the same SQL runs on both. `bigint` comes as number, `timestamptz` as
 * Date, `jsonb` parsed. Every method rejects with the database's error.
 */
export interface Database {
  readonly kind: "embedded" | "postgresql";
  query<Row extends object>(sql: string, params?: readonly Param[]): Promise<Row[]>;
  /** All of them or none. Once it resolves, the rows outlive a crash of the process. */
  write(statements: readonly Statement[]): Promise<void>;
  close(): Promise<void>;
}
