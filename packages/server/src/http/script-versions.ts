import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Database, Statement } from "../store/index.ts";

/** Folders that are called by the hash of what is in them: that never changes. */
const versioned = /\/([0-9a-f]{12})\/([\w.-]+\.js)$/;
export const FOREVER = "public, max-age=31536000, immutable";

/** How often the database is asked which versions there are, at most: anybody can ask for one that never was. */
const LOOK_MS = 2_000;
/** Scripts of earlier versions that stay in memory. */
const MOST_READY = 64;

const partsOf = (url: string) => versioned.exec(url.split("?", 1)[0] as string) ?? [];

/** Whether an address means the same bytes for ever. */
export const isVersioned = (url: string): boolean => partsOf(url).length > 0;

/** The version of scripts that stands in a folder, as its build says. */
export function versionIn(folder: string): string | undefined {
  const list = join(folder, "copane.json");
  return existsSync(list) ? JSON.parse(readFileSync(list, "utf8")).version : undefined;
}

/**
 * Scripts of the last versions. A page that was opened before an upgrade goes on with those of its own version, and
 * where several servers stand behind one address, each gives the scripts of all: they are kept in the database.
 */
export class ScriptVersions {
  readonly #database: Database;
  readonly #most: number;
  readonly #ready = new Map<string, Buffer | undefined>();
  #known: ReadonlySet<string> = new Set();
  #looked = Number.NEGATIVE_INFINITY;
  #looking: Promise<void> | undefined;

  /** @param most how many versions are kept */
  constructor(database: Database, most: number) {
    this.#database = database;
    this.#most = most;
  }

  /** Keeps what stands in a folder for the servers and versions to come, and forgets the oldest. */
  async keep(folder: string): Promise<void> {
    const version = versionIn(folder);
    if (!version) return;
    const files = readdirSync(join(folder, version)).filter((name) => name.endsWith(".js"));
    const statements: Statement[] = [
      [
        "insert into script_versions (version) values ($1) on conflict (version) do update set seen_at = now()",
        [version],
      ],
    ];
    const [kept] = await this.#database.query("select 1 from script_versions where version = $1", [version]);
    for (const name of kept ? [] : files)
      statements.push([
        "insert into scripts (version, name, body) values ($1, $2, $3) on conflict do nothing",
        [version, name, readFileSync(join(folder, version, name), "utf8")],
      ]);
    statements.push([
      `delete from script_versions where version not in
        (select version from script_versions order by seen_at desc limit $1)`,
      [this.#most],
    ]);
    await this.#database.write(statements);
  }

  /** Answers for a version that does not stand in the folder; else leaves the request to others. */
  async serve(request: FastifyRequest, reply: FastifyReply, own: string | undefined): Promise<unknown> {
    const [, version, name] = partsOf(request.url);
    if (!version || !name || version === own || !(await this.#has(version))) return undefined;
    const squeezed = await this.#script(version, name);
    if (!squeezed) return undefined;
    reply.header("cache-control", FOREVER).type("text/javascript; charset=utf-8");
    if (/\bgzip\b/.test(request.headers["accept-encoding"] ?? ""))
      return reply.header("content-encoding", "gzip").send(squeezed);
    return reply.send(gunzipSync(squeezed));
  }

  async #has(version: string): Promise<boolean> {
    if (!this.#known.has(version) && performance.now() - this.#looked > LOOK_MS) {
      this.#looked = performance.now();
      this.#looking = this.#look();
    }
    // Several scripts are asked for at once: none is answered before it is known.
    await this.#looking;
    return this.#known.has(version);
  }

  async #look(): Promise<void> {
    const rows = await this.#database.query<{ version: string }>("select version from script_versions");
    this.#known = new Set(rows.map((row) => row.version));
  }

  async #script(version: string, name: string): Promise<Buffer | undefined> {
    const path = `${version}/${name}`;
    if (this.#ready.has(path)) return this.#ready.get(path);
    const [row] = await this.#database.query<{ body: string }>(
      "select body from scripts where version = $1 and name = $2",
      [version, name],
    );
    if (this.#ready.size >= MOST_READY) this.#ready.clear();
    const squeezed = row && gzipSync(row.body, { level: 9 });
    this.#ready.set(path, squeezed);
    return squeezed;
  }
}
