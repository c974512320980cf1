import type { Database } from "./database.ts";
import { migrate } from "./migrations.ts";
import { EmbeddedDatabase } from "./pglite.ts";

/**
 * The embedded database in memory, made with the first that is wanted: that takes seconds and much memory, and a
 * process with several servers (tests) makes it once. Each server has a part of its own in it.
 */
let inMemory: Promise<EmbeddedDatabase> | undefined;
let parts = 0;

/**
 * Opens the database that the configuration names and brings its schema up to date: PostgreSQL by URL, else
 * embedded in the data folder, else in memory, where it is empty each time.
 */
export async function openDatabase(config: { databaseUrl: string; dataDir: string }): Promise<Database> {
  if (config.databaseUrl) {
    const { PostgresDatabase } = await import("./postgres.ts");
    return ready(PostgresDatabase.open(config.databaseUrl).catch(unreachable));
  }
  if (config.dataDir) return ready(EmbeddedDatabase.open(`${config.dataDir}/store`));
  inMemory ??= EmbeddedDatabase.open();
  return ready(inMemory.then((database) => database.part(`server_${++parts}`)));
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
