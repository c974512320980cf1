import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";
import { type Database, type Param, type Statement, StoreError, storeError } from "./database.ts";
import { lockFolder } from "./lock.ts";

interface Reply {
  id: number;
  rows?: object[];
  error?: { message: string; code?: string };
}

interface Waiting {
  resolve: (rows: object[]) => void;
  reject: (error: unknown) => void;
}

/** PostgreSQL embedded in a folder, or in memory when no folder is given. */
export class EmbeddedDatabase implements Database {
  readonly kind = "embedded";
  readonly #worker: Worker;
  readonly #unlock: () => Promise<void>;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #gone: Error | undefined;

  private constructor(dataDir: string | undefined, unlock: () => Promise<void>) {
    this.#unlock = unlock;
    this.#worker = new Worker(workerFile(), {
      workerData: { dataDir },
      // What it makes lives for one answer: more room would only be used up before it is swept.
      resourceLimits: { maxYoungGenerationSizeMb: 4 },
    });
    this.#worker.unref();
    this.#worker.on("message", (reply: Reply) => this.#reply(reply));
    this.#worker.on("error", (error) => this.#end(error));
    this.#worker.on("exit", () => this.#end(new Error("The embedded database has ended.")));
  }

  /** Opens the database; makes the folder when it is absent. Throws when another process uses it. */
  static async open(dataDir?: string): Promise<EmbeddedDatabase> {
    if (dataDir) mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const unlock = dataDir ? await lockFolder(dataDir) : async () => {};
    const folder = dataDir && `${dataDir}/pg`;
    try {
      if (folder && !existsSync(`${folder}/PG_VERSION`)) await make(folder);
      return await EmbeddedDatabase.#start(folder, unlock);
    } catch (error) {
      await unlock();
      // Nobody's secret stands in it: the operator reads it as it is.
      throw error instanceof StoreError ? error.cause : error;
    }
  }

  static async #start(folder: string | undefined, unlock = async () => {}): Promise<EmbeddedDatabase> {
    const database = new EmbeddedDatabase(folder, unlock);
    try {
      await database.query("select 1");
    } catch (error) {
      await database.close();
      throw error;
    }
    return database;
  }

  query<Row extends object>(sql: string, params: readonly Param[] = []): Promise<Row[]> {
    return this.#ask({ statements: [[sql, params]] }) as Promise<Row[]>;
  }

  async write(statements: readonly Statement[]): Promise<void> {
    if (statements.length > 0) await this.#ask({ statements });
  }

  /** A database with tables of its own, in a schema of this one. They go when it is closed. */
  async part(schema: string): Promise<Database> {
    await this.query(`create schema ${schema}`);
    let open = true;
    const ask = (statements: readonly Statement[]) =>
      open
        ? this.#ask({ statements, schema })
        : Promise.reject(new StoreError(new Error("The database is closed.")));
    return {
      kind: this.kind,
      query: <Row extends object>(sql: string, params: readonly Param[] = []) =>
        ask([[sql, params]]) as Promise<Row[]>,
      write: async (statements) => {
        if (statements.length > 0) await ask(statements);
      },
      close: async () => {
        if (!open) return;
        open = false;
        await this.query(`drop schema ${schema} cascade`);
      },
    };
  }

  async close(): Promise<void> {
    // The worker is told to write everything down; one that no longer answers is ended all the same.
    if (!this.#gone) await this.#ask({ close: true }).catch(() => {});
    await this.#worker.terminate();
    await this.#unlock();
  }

  #ask(request: { statements?: readonly Statement[]; schema?: string; close?: boolean }): Promise<object[]> {
    if (this.#gone) return Promise.reject(new StoreError(this.#gone));
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      // A process does not end while an answer is owed.
      if (this.#waiting.size === 0) this.#worker.ref();
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, ...request });
    });
  }

  #reply({ id, rows = [], error }: Reply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if (error) waiting?.reject(storeError(Object.assign(new Error(error.message), { code: error.code })));
    else waiting?.resolve(rows);
  }

  #end(error: Error): void {
    this.#gone ??= error;
    for (const { reject } of this.#waiting.values()) reject(new StoreError(this.#gone));
    this.#waiting.clear();
  }
}

/**
 * Making a database takes more memory than using it, and only a process that ends gives all of that back. It is made
 * beside its place: what a crash leaves half made is never taken for a database.
 */
async function make(folder: string): Promise<void> {
  const beside = `${folder}-making-`;
  // The folder is ours alone: what stands there was left by servers that were killed while they made it.
  for (const name of readdirSync(dirname(folder)))
    if (name.startsWith(basename(beside)))
      rmSync(join(dirname(folder), name), { recursive: true, force: true });
  const making = mkdtempSync(beside);
  try {
    await promisify(execFile)(process.execPath, [workerFile(), making]);
    renameSync(making, folder);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    const { message, stderr = "" } = error as Error & { stderr?: string };
    // The embedded database's own system calls give a number and no words.
    const reason = stderr.includes("errno: 51")
      ? "no space is left there"
      : /^\w*Error: .*$/m.exec(stderr)?.[0];
    throw new Error(`The database cannot be made in ${folder}: ${reason ?? message}`);
  }
}

/** The worker's file beside this one in the sources, or beside the bundle or its chunks in `dist`. */
function workerFile(): string {
  const places = ["./pglite-worker.mjs", "../pglite-worker.mjs"].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  return places.find(existsSync) ?? (places[0] as string);
}
