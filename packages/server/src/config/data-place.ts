import { resolve } from "node:path";
import type { Config } from "./schema.ts";

/** Where data are kept when nobody says where. */
const DATA_DIR = ".copane";
/** Said instead of a folder: nothing is to outlive the server. */
const IN_MEMORY = "memory";

/** Where a server keeps its data. A folder that nobody `named` is given up for memory if it cannot be used. */
export type DataPlace =
  | { kind: "postgresql" }
  | { kind: "memory" }
  | { kind: "folder"; folder: string; named: boolean };

/**
 * Where `copane serve` keeps its data. Where the configuration says nothing they are kept in a folder beside which it
 * was started, so that they outlive it.
 */
export function dataPlace({ dataDir, databaseUrl }: Pick<Config, "dataDir" | "databaseUrl">): DataPlace {
  if (databaseUrl) return { kind: "postgresql" };
  if (dataDir === IN_MEMORY) return { kind: "memory" };
  return { kind: "folder", folder: resolve(dataDir || DATA_DIR), named: dataDir !== "" };
}
