import { randomBytes } from "node:crypto";
import type { Database } from "./database.ts";

/** A secret of 32 bytes by its name: made once, then the same for whoever uses this database. */
export async function keptSecret(database: Database, name: string): Promise<Uint8Array> {
  await database.query(
    "insert into server_secrets (name, value) values ($1, $2) on conflict (name) do nothing",
    [name, randomBytes(32).toString("base64url")],
  );
  const [row] = await database.query<{ value: string }>("select value from server_secrets where name = $1", [
    name,
  ]);
  if (!row) throw new Error(`The database does not keep the secret "${name}".`);
  return Buffer.from(row.value, "base64url");
}
