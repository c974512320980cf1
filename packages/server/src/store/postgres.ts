import pg from "pg";
import { type Database, type Param, type Statement, storeError } from "./database.ts";

/** Connections of one server; each report or page of a list takes one for some milliseconds. */
const CONNECTIONS = 8;
const CONNECT_MS = 10_000;
/** Nothing of ours takes longer; a statement that does must not hold a connection for ever. */
const STATEMENT_MS = 30_000;

const numbers = new Set([pg.types.builtins.INT8, pg.types.builtins.NUMERIC]);
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    numbers.has(oid) ? Number : pg.types.getTypeParser(oid, format as "text")) as never,
};

/** A PostgreSQL server, named by its URL. */
export class PostgresDatabase implements Database {
  readonly kind = "postgresql";
  readonly #pool: pg.Pool;

  private constructor(url: string) {
    this.#pool = new pg.Pool({
      connectionString: url,
      max: CONNECTIONS,
      connectionTimeoutMillis: CONNECT_MS,
      statement_timeout: STATEMENT_MS,
      application_name: "copane",
      types,
    });
    // A connection that is lost while it rests is replaced with the next query, which reports what is wrong.
    this.#pool.on("error", () => {});
    // One that is lost while it is used, between two statements, says so by an event that nobody else hears; unheard it
    // would end the server. The next statement reports it.
    this.#pool.on("connect", (client) => {
      client.on("error", () => {});
    });
  }

  /** Connects. Rejects when the server cannot be reached. */
  static async open(url: string): Promise<PostgresDatabase> {
    const database = new PostgresDatabase(url);
    try {
      await database.query("select 1");
    } catch (error) {
      await database.close();
      throw error;
    }
    return database;
  }

  async query<Row extends object>(sql: string, params: readonly Param[] = []): Promise<Row[]> {
    try {
      return (await this.#pool.query(sql, [...params])).rows as Row[];
    } catch (error) {
      throw storeError(error);
    }
  }

  async write(statements: readonly Statement[]): Promise<void> {
    const client = await this.#pool.connect().catch((error) => {
      throw storeError(error);
    });
    let failed: Error | undefined;
    try {
      await client.query("begin");
      for (const [sql, params = []] of statements) await client.query(sql, [...params]);
      await client.query("commit");
    } catch (error) {
      failed = error as Error;
      await client.query("rollback").catch(() => {});
      throw storeError(error);
    } finally {
      // After an error the connection may be in any state: it is closed rather than given back.
      client.release(failed);
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}
