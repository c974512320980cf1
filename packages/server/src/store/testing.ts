import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { throwAwayDatabase } from "../../../../scripts/lib/postgres.mjs";

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
  return {
    config: { databaseUrl: "", dataDir },
    drop: async () => rmSync(dataDir, { recursive: true, force: true }),
  };
}

async function postgres(): Promise<TestStore> {
  const { url, drop } = await throwAwayDatabase();
  return { config: { databaseUrl: url, dataDir: "" }, drop };
}
