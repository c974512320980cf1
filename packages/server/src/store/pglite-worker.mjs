// The embedded PostgreSQL on a thread of its own, so that no query holds up a live session. Plain JavaScript:
// a worker is started from a file, and Node 20 reads no TypeScript.
import { setFlagsFromString } from "node:v8";
import { parentPort, workerData } from "node:worker_threads";
import { PGlite, protocol, types } from "@electric-sql/pglite";

const { serialize } = protocol;

/** Statements that are kept prepared; each takes some tens of KB. */
const MOST_PREPARED = 100;
/** Texts that are remembered to find those that come again. */
const MOST_SEEN = 1_000;

// Each of PostgreSQL's functions is compiled when it is called first, and not a second time in the background for
// speed: that took 60 MB and more CPU than the first hundred sessions. Long reports take a third more for it.
for (const flag of ["--wasm-lazy-compilation", "--no-wasm-dynamic-tiering", "--no-wasm-tier-up"])
  setFlagsFromString(flag);
// PGlite turns fsync off (-F) by default; an audit row that was acknowledged outlives a power cut as well.
const startParams = [
  ...PGlite.defaultStartParams.filter((flag) => flag !== "-F"),
  ...["-c", "shared_buffers=16MB", "-c", "max_wal_size=64MB"],
];
const options = { startParams, parsers: { [types.INT8]: Number, [types.NUMERIC]: Number } };

if (parentPort) serve(parentPort, workerData.dataDir);
// As a process of its own: makes the database in a folder and ends, which gives the memory back that making took.
else await (await PGlite.create({ ...options, dataDir: process.argv[2] })).close();

function serve(port, dataDir) {
  const opening = PGlite.create(dataDir ? { ...options, dataDir } : options).then(
    (database) => new Connection(database),
  );
  /** There is one connection: the schema of a request must hold until its last statement. */
  let last = Promise.resolve();
  port.on("message", (request) => {
    last = last.then(() => answer(request));
  });

  async function answer({ id, statements, schema = "public", close }) {
    try {
      const connection = await opening;
      if (close) await connection.close();
      port.postMessage({ id, rows: statements && (await connection.run(schema, statements)) });
    } catch (error) {
      port.postMessage({ id, error: { message: error.message, code: error.code } });
    }
  }
}

/** PGlite's one connection. A request goes in as one piece, and statements that come again are planned once. */
class Connection {
  #database;
  /** The schema that names without one mean right now. */
  #schema = "public";
  /** By schema and text. `fields`: the columns of its rows, from the first run on. */
  #prepared = new Map();
  #seen = new Set();

  constructor(database) {
    this.#database = database;
  }

  close() {
    return this.#database.close();
  }

  /** All of the statements or none. Gives the rows of one that is alone. */
  async run(schema, statements) {
    if (schema !== this.#schema) {
      await this.#send(this.#messages(["select set_config('search_path', $1, false)", [schema]]));
      this.#schema = schema;
    }
    if (statements.length === 1) return this.#query(statements[0]);
    const whole = [["begin"], ...statements, ["commit"]];
    await this.#send(whole.flatMap((statement) => this.#messages(statement)));
    return [];
  }

  async #query(statement) {
    const plan = this.#planOf(statement[0]);
    const answers = await this.#send(this.#messages(statement, plan, !plan.fields));
    return this.#rows(answers, plan);
  }

  #messages([sql, params = []], plan = this.#planOf(sql), describe = false) {
    const { name, parsed } = plan;
    plan.parsed = true;
    return [
      ...(parsed ? [] : [serialize.parse({ name, text: sql })]),
      serialize.bind({ statement: name, values: params.map(toText) }),
      ...(describe ? [serialize.describe({ type: "P" })] : []),
      serialize.execute({}),
    ];
  }

  /** A text that came before is prepared; one that is new has no name and is forgotten with the next. */
  #planOf(sql) {
    const key = `${this.#schema} ${sql}`;
    const known = this.#prepared.get(key);
    if (known) return known;
    if (this.#seen.size >= MOST_SEEN) this.#seen.clear();
    const again = this.#seen.has(key) && this.#prepared.size < MOST_PREPARED;
    this.#seen.add(key);
    const plan = { name: again ? `s${this.#prepared.size}` : "", parsed: false, fields: undefined };
    if (again) this.#prepared.set(key, plan);
    return plan;
  }

  async #send(messages) {
    try {
      return await this.#exchange(Buffer.concat([...messages, serialize.sync()]));
    } catch (error) {
      // Which of the statements were prepared is not known now.
      this.#prepared.clear();
      for (const sql of ["rollback", "deallocate all"])
        await this.#exchange(serialize.query(sql)).catch(() => {});
      throw error;
    }
  }

  #exchange(bytes) {
    return this.#database.execProtocolStream(bytes, { syncToFs: false });
  }

  #rows(answers, plan) {
    plan.fields ??= answers.find(({ name }) => name === "rowDescription")?.fields ?? [];
    const { parsers } = this.#database;
    return answers
      .filter(({ name }) => name === "dataRow")
      .map(({ fields }) =>
        Object.fromEntries(
          plan.fields.map(({ name, dataTypeID }, at) => {
            const text = fields[at];
            const parse = parsers[dataTypeID];
            return [name, text === null || !parse ? text : parse(text, dataTypeID)];
          }),
        ),
      );
  }
}

/** A parameter as PostgreSQL reads it. */
function toText(value) {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (!Array.isArray(value)) return String(value);
  return `{${value.map((one) => `"${one.replace(/["\\]/g, "\\$&")}"`).join(",")}}`;
}
