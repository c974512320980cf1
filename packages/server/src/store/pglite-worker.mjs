// The embedded PostgreSQL on a thread of its own, so that no query holds up a live session. Plain JavaScript:
// a worker is started from a file, and Node 20 reads no TypeScript.
import { parentPort, workerData } from "node:worker_threads";
import { PGlite, types } from "@electric-sql/pglite";

// PGlite turns fsync off (-F) by default; an audit row that was acknowledged outlives a power cut as well.
const startParams = [
  ...PGlite.defaultStartParams.filter((flag) => flag !== "-F"),
  ...["-c", "shared_buffers=64MB", "-c", "max_wal_size=64MB"],
];
const options = { startParams, parsers: { [types.INT8]: Number, [types.NUMERIC]: Number } };
const opening = workerData.dataDir
  ? PGlite.create({ ...options, dataDir: workerData.dataDir })
  : PGlite.create(options);

/** The schema that names without one mean right now. */
let current = "public";
/** There is one connection: the schema of a request must hold until its last statement. */
let last = Promise.resolve();

parentPort.on("message", (request) => {
  last = last.then(() => answer(request));
});

async function answer({ id, statements, schema = "public", close }) {
  try {
    const database = await opening;
    if (close) await database.close();
    const rows = statements && (await run(database, schema, statements));
    parentPort.postMessage({ id, rows });
  } catch (error) {
    parentPort.postMessage({ id, error: { message: error.message, code: error.code } });
  }
}

async function run(database, schema, statements) {
  if (schema !== current) {
    await database.query("select set_config('search_path', $1, false)", [schema]);
    current = schema;
  }
  const [first] = statements;
  if (statements.length === 1) return (await database.query(first[0], first[1])).rows;
  await database.transaction(async (transaction) => {
    for (const [sql, params] of statements) await transaction.query(sql, params);
  });
  return [];
}
