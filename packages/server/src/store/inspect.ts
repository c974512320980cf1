import { existsSync, mkdtempSync, readFileSync, rmdirSync, statfsSync } from "node:fs";
import { dirname, join } from "node:path";
import { holderOf } from "./lock.ts";
import { newestStep } from "./migrations.ts";

/** A PostgreSQL as it is, before anything is done to it. */
export interface PostgresState {
  version: string;
  major: number;
  /** The last step of the schema that was run there; 0 in an empty database. */
  step: number;
  newestStep: number;
  /** Whether tables can be made, as the steps that are missing do. */
  mayCreate: boolean;
  readOnly: boolean;
  fsync: boolean;
  /** How far its clock is ahead of this machine's, as far as the way there leaves no doubt. */
  aheadMs: number;
}

/** Looks at the database that a URL names, and changes nothing. Rejects with StoreError. */
export async function inspectPostgres(url: string): Promise<PostgresState> {
  const { PostgresDatabase } = await import("./postgres.ts");
  const database = await PostgresDatabase.open(url);
  try {
    const asked = Date.now();
    const [row] = await database.query<{
      now: number;
      version: string;
      number: number;
      create: boolean | null;
      readonly: boolean;
      fsync: boolean;
      steps: boolean;
    }>(
      `select (extract(epoch from clock_timestamp()) * 1000)::float8 as now,
         current_setting('server_version') as version, current_setting('server_version_num')::integer as number,
         has_schema_privilege(current_schema(), 'create') as create,
         current_setting('transaction_read_only')::boolean as readonly, current_setting('fsync')::boolean as fsync,
         to_regclass('schema_steps') is not null as steps`,
    );
    const answered = Date.now();
    if (!row) throw new Error("The database gave no row.");
    const [last] = row.steps
      ? await database.query<{ step: number | null }>("select max(step) as step from schema_steps")
      : [];
    return {
      version: row.version,
      major: Math.floor(row.number / 10_000),
      step: last?.step ?? 0,
      newestStep,
      mayCreate: row.create === true,
      readOnly: row.readonly,
      fsync: row.fsync,
      aheadMs: Math.min(0, row.now - asked) + Math.max(0, row.now - answered),
    };
  } finally {
    await database.close();
  }
}

/** A data folder as it is; nothing is left in it. */
export interface FolderState {
  exists: boolean;
  /** Why nothing can be written, by the system's code. */
  unwritable: string | undefined;
  /** The process that uses it. */
  holder: number | undefined;
  /** Of the embedded PostgreSQL that made it. */
  version: string | undefined;
  freeBytes: number;
}

/** Looks at a data folder, or at the place where it would be made. */
export function inspectFolder(folder: string): FolderState {
  const store = join(folder, "store");
  const there = nearest(folder);
  const version = join(store, "pg", "PG_VERSION");
  const state = { exists: existsSync(store), unwritable: undefined, holder: undefined, version: undefined };
  try {
    rmdirSync(mkdtempSync(join(nearest(store), ".check-")));
    const { bavail, bsize } = statfsSync(there);
    return {
      ...state,
      holder: holderOf(store),
      version: existsSync(version) ? readFileSync(version, "utf8").trim() : undefined,
      freeBytes: bavail * bsize,
    };
  } catch (error) {
    const { code, name } = error as NodeJS.ErrnoException;
    return { ...state, unwritable: code ?? name, freeBytes: 0 };
  }
}

/** The folder itself, or the one that it would be made in. */
function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder));
}
