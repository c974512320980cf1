import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { throwAwayDatabase } from "../../../../scripts/lib/postgres.mjs";
import { EmbeddedDatabase } from "./pglite.ts";

/** Where a test's rows are kept, in the words of the configuration. */
export interface TestStore {
  config: { databaseUrl: string; dataDir: string };
  drop(): Promise<void>;
}

/** Both databases: whatever stores or reads is tested on each. */
export const stores = [
  ["embedded", embedded],
  ["PostgreSQL", postgres],
] as const;

async function embedded(): Promise<TestStore> {
  const dataDir = mkdtempSync(join(tmpdir(), "copane-data-"));
  cpSync(await emptyDatabase(), join(dataDir, "store"), { recursive: true });
  return {
    config: { databaseUrl: "", dataDir },
    drop: async () => rmSync(dataDir, { recursive: true, force: true }),
  };
}

/** The folder of an embedded database without a table, made once: a copy costs a tenth of making another. */
async function emptyDatabase(): Promise<string> {
  const cache = fileURLToPath(new URL("../../../../.cache/", import.meta.url));
  const folder = join(cache, "embedded-database-18");
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const making = mkdtempSync(join(cache, "making-"));
  await (await EmbeddedDatabase.open(making)).close();
  try {
    renameSync(making, folder);
  } catch {
    // Another test file was faster.
    rmSync(making, { recursive: true });
  }
  return folder;
}

async function postgres(): Promise<TestStore> {
  const { url, drop } = await throwAwayDatabase();
  return { config: { databaseUrl: url, dataDir: "" }, drop };
}
