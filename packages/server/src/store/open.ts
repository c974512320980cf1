import type { Database } from "./database.ts";
import { migrate } from "./migrations.ts";
import { EmbeddedDatabase } from "./pglite.ts";
import { PostgresDatabase } from "./postgres.ts";

/** What is kept when nobody says where: in memory, once for the process, gone with it. */
let inMemory: Promise<Database> | undefined;

/**
 * Opens the database that the configuration names and brings its schema up to date: PostgreSQL by URL, else
 * embedded in the data folder, else in memory.
 */
export async function openDatabase(config: { databaseUrl: string; dataDir: string }): Promise<Database> {
  if (config.databaseUrl) return ready(PostgresDatabase.open(config.databaseUrl).catch(unreachable));
  if (config.dataDir) return ready(EmbeddedDatabase.open(`${config.dataDir}/store`));
  inMemory ??= ready(EmbeddedDatabase.open());
  const shared = await inMemory;
  return {
    kind: shared.kind,
    query: (sql, params) => shared.query(sql, params),
    write: (statements) => shared.write(statements),
    close: async () => {},
  };
}

/** The driver's error may quote the URL with its password. */
function unreachable(error: unknown): never {
  const { code = "no answer" } = error as { code?: string };
  throw new Error(`The database that DATABASE_URL names cannot be used (${code}).`);
}

async function ready(opening: Promise<Database>): Promise<Database> {
  const database = await opening;
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}
